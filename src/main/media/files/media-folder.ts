import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '@main/files/write-whole'
import { MediaRecord } from '@shared/media'
import { readMp4Index } from '@main/media/decode/contract/mp4-boxes'

/** Files of one content in a media folder, named by its sha256. The record is written last: with it, all is there. */
export interface MediaFiles {
  proxy: string
  poster: string
  strip: string
  record: string
}

const unfinished = /^\..*\.(\d+)\.tmp(\.\w+)*$/

/** The folder that holds proxies, pictures of them, and records. */
export class MediaFolder {
  constructor(readonly path: string) {}

  files(sha256: string): MediaFiles {
    const name = (ending: string) => join(this.path, `${sha256}${ending}`)
    return { proxy: name('.mp4'), poster: name('.jpg'), strip: name('.strip.jpg'), record: name('.json') }
  }

  /** A name nobody else uses, hidden and marked as unfinished. */
  temporary(sha256: string, ending: string): string {
    return join(this.path, `.${sha256}.${process.pid}.tmp${ending}`)
  }

  async create(): Promise<void> {
    await mkdir(this.path, { recursive: true })
  }

  /** The record of a content whose proxy is there, whole, and holds every picture; else null. */
  finished(sha256: string): MediaRecord | null {
    const files = this.files(sha256)
    if (!existsSync(files.record) || !existsSync(files.proxy)) return null
    try {
      const record = MediaRecord.parse(JSON.parse(readFileSync(files.record, 'utf8')))
      const right = record.proxy?.bytes === statSync(files.proxy).size && holdsPictures(files.proxy, record.frames)
      return right ? record : null
    } catch {
      return null
    }
  }

  /** Moves a finished proxy and its pictures into place, then the record. All of it is on the disk before any of it. */
  async keep(record: MediaRecord, made: { proxy: string; poster: Uint8Array; strip: Uint8Array }): Promise<void> {
    const files = this.files(record.sha256)
    const write = async (ending: string, content: string | Uint8Array) => {
      const path = this.temporary(record.sha256, ending)
      await writeFile(path, content, { flush: true })
      return path
    }
    const [strip, poster, json] = await Promise.all([
      write('.strip.jpg', made.strip),
      write('.jpg', made.poster),
      write('.json', JSON.stringify(record)),
      sync(made.proxy),
    ])
    renameSync(made.proxy, files.proxy)
    renameSync(strip, files.strip)
    renameSync(poster, files.poster)
    // The record says that the others are there.
    syncFolder(this.path)
    renameSync(json, files.record)
    syncFolder(this.path)
  }

  /** Removes what this process began of a content and could not finish. */
  discardUnfinished(sha256: string): void {
    for (const ending of ['.mp4', '.strip.jpg', '.jpg', '.json']) discard(this.temporary(sha256, ending))
  }

  /** Removes what processes left behind that are no longer running. */
  async sweep(): Promise<void> {
    const names = await readdir(this.path).catch(() => [])
    const left = names.filter((name) => {
      const pid = unfinished.exec(name)?.[1]
      return pid !== undefined && !isRunning(Number(pid))
    })
    await Promise.all(left.map((name) => rm(join(this.path, name), { force: true })))
  }
}

/** True when an MP4 file is whole and stores exactly `frames` pictures. */
export function holdsPictures(path: string, frames: number): boolean {
  const index = readMp4Index(path)
  return index !== null && index.whole && index.samples === frames
}

/** Removes a file that may be there. */
export function discard(path: string): void {
  rmSync(path, { force: true })
}

async function sync(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.sync()
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
