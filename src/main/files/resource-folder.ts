import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A folder of `resources/`, which lies above whatever file this is built into. */
export function resourceFolder(name: string): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = join(folder, 'resources', name)
    if (existsSync(found)) return found
    if (dirname(folder) === folder) throw new Error(`resources/${name} is not there`)
  }
}
