import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '@shared/failures'
import { hashOfFile } from '@main/files/hash-of-file'
import type { NeededFile } from '@main/machines/wire'

interface Known {
  bytes: number
  changedAt: number
  sha256: string
}

const atOnce = 4

/** Files of a project by what is in them: each is read once for as long as it is not changed. */
export class HashedFiles {
  private readonly known = new Map<string, Known>()
  private readonly byHash = new Map<string, string>()

  constructor(private readonly folder: string) {}

  /** @param paths below the project's folder, with `/`. Throws Failure PATH_NOT_FOUND. */
  async of(paths: readonly string[], signal?: AbortSignal): Promise<NeededFile[]> {
    const found: NeededFile[] = []
    for (let from = 0; from < paths.length; from += atOnce) {
      signal?.throwIfAborted()
      found.push(...(await Promise.all(paths.slice(from, from + atOnce).map((path) => this.hashed(path)))))
    }
    return found
  }

  /** Where a file of these bytes lies, of those asked for before; null where there is none, or it was changed. */
  async at(sha256: string): Promise<string | null> {
    const path = this.byHash.get(sha256)
    if (path === undefined) return null
    const now = await this.hashed(path).catch(() => null)
    return now?.sha256 === sha256 ? join(this.folder, path) : null
  }

  private async hashed(path: string): Promise<NeededFile> {
    const file = join(this.folder, path)
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) throw new Failure('PATH_NOT_FOUND', { path: file })
    const known = this.known.get(path)
    const isSame = known?.bytes === found.size && known.changedAt === found.mtimeMs
    const sha256 = known && isSame ? known.sha256 : await hashOfFile(file)
    this.known.set(path, { bytes: found.size, changedAt: found.mtimeMs, sha256 })
    this.byHash.set(sha256, path)
    return { path, bytes: found.size, sha256 }
  }
}
