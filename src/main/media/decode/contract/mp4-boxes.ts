import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

const identity = [1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30]

interface Mp4Box {
  type: string
  /** Of the content, after size and type. */
  start: number
  end: number
}

/** What an MP4 file says of itself in its index. */
export interface Mp4Index {
  /** Samples of the first video track (ISO/IEC 14496-12, 8.7.3). */
  samples: number
  /** a, b, c, d of each video track's display matrix, 16.16 fixed point (8.3.2). */
  matrices: number[][]
  /** The boxes fill the file exactly. */
  whole: boolean
  /** Bytes by which the file is shorter than its boxes. */
  missingBytes: number
}

/**
 * Reads the index of an MP4 or MOV file without decoding, on its own so that a proxy is checked by other code than the
 * one that wrote it. Null when the file has none.
 */
export function readMp4Index(path: string): Mp4Index | null {
  const file = openSync(path, 'r')
  try {
    const { size, read } = readerOf(file)
    const top = boxes(read, 0, size)
    const end = top.at(-1)?.end ?? 0
    const movie = top.find((box) => box.type === 'moov')
    if (!movie) return null
    const content = read(movie.start, movie.end - movie.start)
    const tracks = children(content, 'trak').filter((track) => handlerOf(track) === 'vide')
    const table = tracks[0] && inside(tracks[0], 'mdia', 'minf', 'stbl', 'stsz')
    return {
      samples: table && table.length >= 12 ? table.readUInt32BE(8) : 0,
      matrices: tracks.map(matrixOf),
      whole: end === size,
      missingBytes: Math.max(0, end - size),
    }
  } finally {
    closeSync(file)
  }
}

/** True when a file begins with a box that MP4 and MOV files begin with. */
export function startsLikeMp4(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const type = readerOf(file).read(4, 4).toString('latin1')
    return ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'moof'].includes(type)
  } finally {
    closeSync(file)
  }
}

/** Makes the video track of an MP4 file stand as it is coded: ffmpeg programs copy a turn that is already in the pixels. */
export function clearMp4Turn(path: string): void {
  const file = openSync(path, 'r+')
  try {
    const { size, read } = readerOf(file)
    const inFile = (from: Mp4Box, type: string) => boxes(read, from.start, from.end).find((box) => box.type === type)
    const movie = inFile({ type: '', start: 0, end: size }, 'moov')
    const track = movie && inFile(movie, 'trak')
    const header = track && inFile(track, 'tkhd')
    if (!header) return
    const matrix = Buffer.alloc(36)
    identity.forEach((value, i) => matrix.writeInt32BE(value, i * 4))
    writeSync(file, matrix, 0, 36, header.start + matrixOffset(read(header.start, 1)))
  } finally {
    closeSync(file)
  }
}

function readerOf(file: number) {
  const size = fstatSync(file).size
  const read = (at: number, length: number) => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)))
    readSync(file, buffer, 0, buffer.length, at)
    return buffer
  }
  return { size, read }
}

function* walk(read: (at: number, length: number) => Buffer, from: number, to: number): Generator<Mp4Box> {
  for (let at = from; at + 8 <= to;) {
    const head = read(at, 16)
    if (head.length < 8) return
    const short = head.readUInt32BE(0)
    const long = short === 1 && head.length === 16
    const size = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short
    if (size < (long ? 16 : 8)) return
    yield { type: head.toString('latin1', 4, 8), start: at + (long ? 16 : 8), end: at + size }
    at += size
  }
}

function boxes(read: (at: number, length: number) => Buffer, from: number, to: number): Mp4Box[] {
  return [...walk(read, from, to)]
}

function children(content: Buffer, type: string): Buffer[] {
  return boxes((at, length) => content.subarray(at, at + length), 0, content.length)
    .filter((box) => box.type === type)
    .map((box) => content.subarray(box.start, box.end))
}

function inside(content: Buffer, ...path: string[]): Buffer | undefined {
  return path.reduce<Buffer | undefined>((at, type) => at && children(at, type)[0], content)
}

function handlerOf(track: Buffer): string {
  return inside(track, 'mdia', 'hdlr')?.toString('latin1', 8, 12) ?? ''
}

function matrixOf(track: Buffer): number[] {
  const header = inside(track, 'tkhd')
  if (!header) return [1, 0, 0, 1]
  const at = matrixOffset(header)
  if (header.length < at + 36) return [1, 0, 0, 1]
  return [0, 4, 12, 16].map((offset) => header.readInt32BE(at + offset))
}

/** Where the matrix stands in a track header of version 0 or 1. */
function matrixOffset(header: Buffer): number {
  return header[0] === 1 ? 52 : 40
}
