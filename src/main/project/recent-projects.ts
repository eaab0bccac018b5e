import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeWhole } from '@main/files/write-whole'
import { RecentProject } from '@shared/contract/project'
import { z } from 'zod'

const Entry = RecentProject.omit({ exists: true })

/** The projects opened lately, newest first, in a file of the person's own configuration folder. */
export class RecentProjects {
  private readonly file: string

  /** @param home the configuration folder, made when something is first written */
  constructor(
    private readonly home: string,
    private readonly limit = 20,
  ) {
    this.file = join(home, 'recent-projects.json')
  }

  /** Those whose folder is gone are listed, and said to be gone. */
  list(): RecentProject[] {
    return this.read().map((entry) => ({ ...entry, exists: existsSync(join(entry.path, 'project.db')) }))
  }

  /** @returns why it could not be kept, null where it was: a convenience, and no reason for the project not to open */
  add({ path, name }: { path: string; name: string }, openedAt = Date.now()): unknown {
    const others = this.read().filter((entry) => entry.path !== resolve(path))
    try {
      this.write([{ path: resolve(path), name, openedAt }, ...others].slice(0, this.limit))
      return null
    } catch (error) {
      return error
    }
  }

  /** A list that cannot be read is an empty one: it is a convenience, and no reason not to start. */
  private read(): z.infer<typeof Entry>[] {
    try {
      return z.array(Entry).parse(JSON.parse(readFileSync(this.file, 'utf8')))
    } catch {
      return []
    }
  }

  private write(entries: readonly z.infer<typeof Entry>[]): void {
    mkdirSync(this.home, { recursive: true })
    writeWhole(this.file, JSON.stringify(entries, null, 2))
  }
}
