import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { Failure } from '@shared/failures'
import type { Source } from './source'
import { openZip } from './zip-source'

/** More files than this in a folder are not one data set, but a disk. */
const mostFiles = 2_000_000

/** A source that must be closed. */
export interface OpenSource extends Source {
  close(): void
}

/**
 * Opens a file, a folder (all the way down), or a zip, which is a folder in a file.
 * Rejects with Failure PATH_NOT_FOUND, or BAD_SETTING for a broken or bomb-like zip.
 */
export async function openSource(path: string): Promise<OpenSource> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new Failure('PATH_NOT_FOUND', { path })
  if (found.isDirectory()) return { ...(await folderSource(path)), close: () => {} }
  if (await isZip(path)) return openZip(path)
  return { ...fileSource(path, basename(path), found.size), close: () => {} }
}

function fileSource(path: string, name: string, size: number): Source {
  return {
    name,
    size,
    isFolder: false,
    files: () => [],
    open: (inner) => notThere(`${path}/${inner}`),
    stream: () => createReadStream(path),
  }
}

async function folderSource(folder: string): Promise<Source> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  if (entries.length > mostFiles)
    throw new Failure('BAD_SETTING', { setting: 'file', reason: `${folder} holds more than ${mostFiles} files` })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort(byCodePoint)
  const there = new Set(files)
  return {
    name: basename(folder),
    size: 0,
    isFolder: true,
    files: () => files,
    open: (inner) =>
      there.has(inner) ? fileSource(join(folder, inner), basename(inner), 0) : notThere(join(folder, inner)),
    stream: () => notThere(folder),
  }
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function notThere(path: string): never {
  throw new Failure('PATH_NOT_FOUND', { path })
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50
  } finally {
    await file.close()
  }
}
