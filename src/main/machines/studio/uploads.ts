import { copyFileSync, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { hashOfFile } from '@main/files/hash-of-file'
import { isDiskFull, replaceFolder } from '@main/files/write-whole'
import { RunFolder } from '@main/runs/run-folder'
import type { PlacedFolder } from '@main/machines/wire'
import type { HashedFiles } from './hashed-files'

/** Files that workers send, in pieces, each beside until all of a folder are whole; then the folder is put in its place. */
export class Uploads {
  constructor(
    private readonly project: string,
    private readonly files: HashedFiles,
  ) {}

  /** Bytes that are there of a file. */
  async there(run: RunId, sha256: string): Promise<number> {
    const known = await this.files.at(sha256)
    return statSync(known ?? this.fileOf(run, sha256), { throwIfNoEntry: false })?.size ?? 0
  }

  /** Adds bytes where the last ones ended; gives how many there are then. Throws Failure DISK_FULL. */
  async append(run: RunId, { sha256, from }: { sha256: string; from: number }, bytes: Readable): Promise<number> {
    const file = this.fileOf(run, sha256)
    const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0
    // Sent twice, or a piece in between was lost: what is there says where to go on.
    if (size() !== from) return size()
    mkdirSync(dirname(file), { recursive: true })
    try {
      await pipeline(bytes, createWriteStream(file, { flags: 'a', flush: true }))
    } catch (error) {
      if (isDiskFull(error)) throw new Failure('DISK_FULL', { path: file }, { cause: error })
      throw error
    }
    return size()
  }

  /** Puts folders of a run in place, each whole; every file is checked first. Throws Failure RUN_DAMAGED. */
  async place(run: RunId, folders: readonly PlacedFolder[]): Promise<void> {
    const sources = new Map<string, string>()
    for (const { sha256, path } of folders.flatMap(({ files }) => files))
      sources.set(sha256, await this.whole(run, sha256, path))
    for (const { name, files } of folders) {
      const folder = new RunFolder(this.project, run)[name]
      if (files.length === 0) rmSync(folder, { recursive: true, force: true })
      else
        replaceFolder(folder, (beside) => {
          for (const { path, sha256 } of files) {
            mkdirSync(dirname(join(beside, path)), { recursive: true })
            copyFileSync(sources.get(sha256) ?? '', join(beside, path))
          }
        })
      // Known by what is in them from now on, so that none is sent again.
      await this.files.of(files.map(({ path }) => `runs/${run}/${name}/${path}`))
    }
    this.clear(run)
  }

  /** Forgets what was sent and not put in place. */
  clear(run: RunId): void {
    rmSync(this.folderOf(run), { recursive: true, force: true })
  }

  private async whole(run: RunId, sha256: string, path: string): Promise<string> {
    const file = (await this.files.at(sha256)) ?? this.fileOf(run, sha256)
    const found = await hashOfFile(file).catch(() => null)
    if (found === sha256) return file
    rmSync(this.fileOf(run, sha256), { force: true })
    const reason = found ? 'what arrived is not what was sent: its SHA-256 is another one' : 'it did not arrive'
    throw new Failure('RUN_DAMAGED', { run, path, reason })
  }

  private fileOf(run: RunId, sha256: string): string {
    return join(this.folderOf(run), sha256)
  }

  private folderOf(run: RunId): string {
    return join(new RunFolder(this.project, run).path, 'incoming')
  }
}
