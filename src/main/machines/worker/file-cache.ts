import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'
import { Failure } from '@shared/failures'
import { hashOfFile } from '@main/files/hash-of-file'
import { isDiskFull } from '@main/files/write-whole'
import type { NeededFile } from '@main/machines/wire'

/** Room that is left for what the work itself writes, bytes. */
const margin = 512 << 20
const tries = 5

export interface FileCacheParts {
  folder: string
  /** Bytes of a file from one on. */
  fetch: (sha256: string, from: number, signal: AbortSignal) => Promise<Response>
  /** Bytes free on the disk of a folder. */
  free?: (folder: string) => Promise<number>
}

/** Files of studios on this machine, by what is in them: each comes over the line once, and goes on where it broke off. */
export class FileCache {
  constructor(private readonly parts: FileCacheParts) {
    mkdirSync(parts.folder, { recursive: true })
  }

  /** Throws Failure WORKER_NO_ROOM where they do not fit; what was not used for longest goes first. */
  async makeRoom(files: readonly NeededFile[]): Promise<void> {
    const { folder } = this.parts
    const needed = files.reduce((sum, file) => sum + (this.has(file) ? 0 : file.bytes), margin)
    const keep = new Set(files.map(({ sha256 }) => sha256))
    for (const name of this.oldestFirst()) {
      if ((await this.free()) >= needed) return
      if (!keep.has(name)) rmSync(join(folder, name), { force: true })
    }
    const free = await this.free()
    if (free < needed) throw new Failure('WORKER_NO_ROOM', { path: folder, needed, free })
  }

  /** Where the file lies on this machine; fetched first where it is not there. Throws Failure WORKER_NO_ROOM. */
  async local(file: NeededFile, signal: AbortSignal): Promise<string> {
    const path = this.pathOf(file.sha256)
    if (!this.has(file)) await this.get(file, signal)
    const now = new Date()
    utimesSync(path, now, now)
    return path
  }

  private async get(file: NeededFile, signal: AbortSignal): Promise<void> {
    // Workers of one machine may share a cache.
    const part = `${this.pathOf(file.sha256)}.${process.pid}.part`
    for (let tried = 1; ; tried++) {
      try {
        await this.goOn(file, part, signal)
        if (statSync(part).size < file.bytes) throw new Error(`the line broke off in ${file.path}`)
        if ((await hashOfFile(part)) === file.sha256) return renameSync(part, this.pathOf(file.sha256))
        rmSync(part, { force: true })
        throw new Error(`${file.path} arrived with another SHA-256 than it was sent with`)
      } catch (error) {
        signal.throwIfAborted()
        if (isDiskFull(error)) throw await this.noRoom(file, error)
        if (tried >= tries || error instanceof Failure) throw error
        await new Promise((resolve) => setTimeout(resolve, 200 * tried))
      }
    }
  }

  private async goOn({ sha256, bytes }: NeededFile, part: string, signal: AbortSignal): Promise<void> {
    const there = statSync(part, { throwIfNoEntry: false })?.size ?? 0
    if (there >= bytes && there > 0) return
    const response = await this.parts.fetch(sha256, there, signal)
    // A studio that sends the whole again is written from the beginning.
    const flags = response.status === 206 ? 'a' : 'w'
    const body = response.body as ReadableStream<Uint8Array> | null
    await pipeline(body ? Readable.fromWeb(body) : Readable.from([]), createWriteStream(part, { flags }), { signal })
  }

  private async noRoom({ bytes }: NeededFile, cause: unknown): Promise<Failure> {
    const { folder } = this.parts
    return new Failure('WORKER_NO_ROOM', { path: folder, needed: bytes, free: await this.free() }, { cause })
  }

  private async free(): Promise<number> {
    const { folder, free = freeBytes } = this.parts
    return free(folder)
  }

  private has({ sha256, bytes }: NeededFile): boolean {
    const path = this.pathOf(sha256)
    return existsSync(path) && statSync(path).size === bytes
  }

  private oldestFirst(): string[] {
    const { folder } = this.parts
    const age = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
    return readdirSync(folder).sort((a, b) => age(a) - age(b))
  }

  private pathOf(sha256: string): string {
    return join(this.parts.folder, sha256)
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
