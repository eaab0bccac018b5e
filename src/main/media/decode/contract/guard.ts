import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { Unreadable } from './decoder'

/** What the first bytes of a file say it is; `video` stands for everything FFmpeg should look at. */
export type FileKind = { kind: 'seq' | 'gif' | 'video' } | { kind: 'picture'; format: string }

/**
 * Lets only plain, non-empty files through, or links to them: a named pipe would hang the decoder for good, a folder is
 * another kind of source. Throws Unreadable.
 */
export async function checkPlainFile(path: string): Promise<{ bytes: number; modifiedMs: number }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new Unreadable('There is no such file.', error.message)
      : new Unreadable('The file cannot be looked at. Check its permissions.', error.message)
  })
  if (!found.isFile()) throw new Unreadable('This is not a plain file but a device, pipe or socket. Leave it out.')
  if (found.size === 0) throw new Unreadable('The file is empty (0 bytes). Copy it again.')
  return { bytes: found.size, modifiedMs: found.mtimeMs }
}

/** SHA-256 of a file's bytes, lower-case hex. Throws Unreadable. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  } catch (error) {
    throw new Unreadable('The file cannot be read to its end. Check its permissions and the disk.', String(error))
  }
  return hash.digest('hex')
}

/** Looks at the first bytes of a file, never at its name. */
export async function kindOf(path: string): Promise<FileKind> {
  let file: FileHandle | null = null
  try {
    file = await open(path, 'r')
    const head = Buffer.alloc(64)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return kindOfHead(head.subarray(0, bytesRead))
  } catch (error) {
    throw new Unreadable('The file cannot be read. Check its permissions.', String(error))
  } finally {
    await file?.close()
  }
}

const pictureHeads: readonly [format: string, offset: number, bytes: string][] = [
  ['PNG', 0, '\x89PNG\r\n\x1a\n'],
  ['JPEG', 0, '\xff\xd8\xff'],
  ['BMP', 0, 'BM'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['WebP', 8, 'WEBP'],
  ['HEIC', 4, 'ftypheic'],
  ['HEIC', 4, 'ftypmif1'],
  ['AVIF', 4, 'ftypavif'],
]

/** The kind of a file with this beginning. A JPEG stream of many pictures counts as a JPEG: it has no times. */
export function kindOfHead(head: Buffer): FileKind {
  if (head.length >= 24 && head.readUInt32LE(0) === 0xfeed && head.subarray(4, 24).equals(seqName))
    return { kind: 'seq' }
  const text = head.toString('latin1')
  if (text.startsWith('GIF8')) return { kind: 'gif' }
  const picture = pictureHeads.find(([, offset, bytes]) => text.startsWith(bytes, offset))
  return picture ? { kind: 'picture', format: picture[0] } : { kind: 'video' }
}

const seqName = Buffer.from('Norpix seq', 'utf16le')
