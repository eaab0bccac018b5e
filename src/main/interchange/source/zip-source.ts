import { basename } from 'node:path'
import { Failure } from '@shared/failures'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { Source } from './source'

/** Bytes a zip may unpack to for each of its own, beyond a first allowance: texts of boxes reach 50, bombs 1000. */
const mostRatio = 200
const allowance = 64 * 1024 ** 2
const mostEntries = 500_000

/** Opens a zip as a folder. Rejects with Failure BAD_SETTING where it is broken, locked, or made to fill a disk. */
export async function openZip(path: string): Promise<Source & { close(): void }> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((error) => refuse(path, String(error)))
  try {
    const entries = await entriesOf(path, zip)
    return { ...zipSource(path, zip, entries), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) refuse(path, `it holds more than ${mostEntries} files`)
  const entries = new Map<string, Entry>()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entry.isEncrypted()) refuse(path, `${entry.fileName} in it is locked with a password`)
      unpacked += entry.uncompressedSize
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    refuse(path, String(error))
  }
  if (unpacked > Math.max(allowance, zip.fileSize * mostRatio))
    refuse(path, `its ${zip.fileSize} bytes would unpack to ${unpacked}`)
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function zipSource(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>): Source {
  const files = [...entries.keys()]
  return {
    name: basename(path),
    size: zip.fileSize,
    isFolder: true,
    files: () => files,
    open: (inner) => {
      const entry = entries.get(inner)
      if (!entry) throw new Failure('PATH_NOT_FOUND', { path: `${path}/${inner}` })
      return entrySource(path, zip, entry)
    },
    stream: () => {
      throw new Failure('PATH_NOT_FOUND', { path })
    },
  }
}

function entrySource(path: string, zip: ZipFile, entry: Entry): Source {
  return {
    name: basename(entry.fileName),
    size: entry.uncompressedSize,
    isFolder: false,
    files: () => [],
    open: (inner) => {
      throw new Failure('PATH_NOT_FOUND', { path: `${path}/${entry.fileName}/${inner}` })
    },
    stream: async function* () {
      try {
        for await (const piece of await zip.openReadStreamPromise(entry)) yield piece as Buffer
      } catch (error) {
        refuse(path, `${entry.fileName} in it cannot be unpacked (${String(error)})`)
      }
    },
  }
}

function refuse(path: string, reason: string): never {
  throw new Failure('BAD_SETTING', { setting: 'file', reason: `${path}: ${reason}` })
}
