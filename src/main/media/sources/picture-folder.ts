import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { decodeStill, stillSize } from './decode-still'
import { Unreadable } from '@main/media/decode/contract/decoder'
import { sha256Of } from '@main/media/decode/contract/guard'
import type { StillSource } from './sources'
import { spansInWords } from './words'

/** The pictures of a folder that make a film, in order, and the numbers that are missing between them. */
export interface NumberedPictures {
  names: string[]
  missing: number[]
}

const pictureEndings = new Set(['.jpg', '.jpeg', '.png', '.bmp', '.webp', '.tif', '.tiff', '.ppm', '.pgm'])
/** Optical flow as the usual tools name it: flow_x_00001.jpg, x_00001.jpg, flow_y..., u_, v_. */
const flowName = /^(flow|flow[_-]?[xyuv]|[xyuv])[_-]?\d+$/i
const numbered = /^(.*?)(\d+)$/

/**
 * Chooses and orders the pictures of a folder that make a film: one prefix (that of most files), natural order of the
 * numbers, optical-flow pictures left out unless there is nothing else.
 */
export function numberedPictures(names: readonly string[]): NumberedPictures {
  const pictures = names.filter((name) => pictureEndings.has(extname(name).toLowerCase()) && !name.startsWith('.'))
  const frames = pictures.filter((name) => !flowName.test(stem(name)))
  const bySeries = Map.groupBy(frames, (name) => numbered.exec(stem(name))?.[1] ?? null)
  bySeries.delete(null)
  const series = [...bySeries.values()].reduce<string[]>((a, b) => (b.length > a.length ? b : a), [])
  const ordered = series
    .map((name) => ({ name, number: Number(numbered.exec(stem(name))?.[2]) }))
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1))
  return { names: ordered.map(({ name }) => name), missing: gaps(ordered.map(({ number }) => number)) }
}

function gaps(numbers: readonly number[]): number[] {
  return numbers.slice(1).flatMap((number, i) => {
    const from = (numbers[i] ?? number) + 1
    return Array.from({ length: Math.max(0, Math.min(number - from, 10_000)) }, (_, k) => from + k)
  })
}

/**
 * Opens a folder of numbered pictures as a film of 25 pictures a second without timestamps. Pictures of another size
 * than the first are scaled to it. Throws Unreadable.
 */
export async function openPictureFolder(path: string): Promise<StillSource> {
  const { names, missing } = numberedPictures(await plainFiles(path))
  const [first] = names
  if (!first) throw new Unreadable('There are no numbered pictures in this folder (such as 00001.jpg).')
  const { width, height } = await stillSize(join(path, first))
  return {
    facts: {
      codec: 'pictures',
      container: 'folder',
      codedWidth: width,
      codedHeight: height,
      sar: 1,
      declaredFps: 25,
      declaredFrames: names.length + missing.length,
      seconds: null,
      stream: 0,
      streams: null,
      colour: { space: '', range: '' },
      rotateClockwise: 0,
      mirrored: false,
    },
    complaints:
      missing.length > 0
        ? [`Numbers are missing between the first and the last picture: ${spansInWords(missing)}.`]
        : [],
    timestampsMs: names.map(() => null),
    sha256: () => folderHash(path, names),
    picture: (ordinal) => decodeStill(join(path, names[ordinal] ?? ''), { width, height }),
  }
}

/** A named pipe or device among the pictures would be waited for without end. */
async function plainFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(unreadableFolder)
  const plain = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isSymbolicLink()) return entry.isFile()
      return (await stat(join(path, entry.name)).catch(() => null))?.isFile() ?? false
    }),
  )
  return entries.filter((_, i) => plain[i]).map(({ name }) => name)
}

function unreadableFolder(error: unknown): never {
  throw new Unreadable('The folder cannot be read. Check its permissions.', String(error))
}

/** SHA-256 over the pictures' names and contents, in order. */
async function folderHash(path: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const name of names) hash.update(`${name}\0${await sha256Of(join(path, name))}\n`)
  return hash.digest('hex')
}

function stem(name: string): string {
  return name.slice(0, name.length - extname(name).length)
}
