import { type FileHandle, open } from 'node:fs/promises'
import { decodeStill, stillSize } from './decode-still'
import { type SourceFacts, Unreadable } from '@main/media/decode/contract/decoder'
import { sha256Of } from '@main/media/decode/contract/guard'
import type { StillPicture, StillSource } from './sources'

/** One picture's bytes in the file and its time. */
interface SeqFrame {
  start: number
  bytes: number
  timestampMs: number
}

interface SeqHeader {
  width: number
  height: number
  format: number
  frames: number
  /** Bytes from one raw picture to the next. */
  stride: number
  fps: number
}

const headerBytes = 1024
const raw: Readonly<Record<number, 1 | 3>> = { 100: 1, 200: 3 }
const compressed: readonly number[] = [102, 201, 1, 2]

/**
 * Opens a `.seq` film (NorPix header; P. Dollar's toolbox, videos/seqReaderPlugin.m): raw grey or BGR, JPEG or PNG
 * pictures, little-endian. The count is what is there, whatever the header says. Throws Unreadable.
 */
export async function openSeq(path: string): Promise<StillSource> {
  const file = await open(path, 'r')
  try {
    const size = (await file.stat()).size
    const said = parseSeqHeader(await bytesAt(file, 0, headerBytes))
    const table = said.format in raw ? rawTable(said, size) : await compressedTable(file, said, size)
    const { frames, cut } = await withRawTimes(file, said, table)
    const [first] = frames
    if (!first) throw new Unreadable('This .seq film breaks off before its first picture. Copy it again.')
    // Compressed pictures know their own size; the header may be wrong.
    const header =
      said.format in raw ? said : { ...said, ...(await sizeOf(await bytesAt(file, first.start, first.bytes), said)) }
    const lacking = header.frames > frames.length
    const complaints = cut || lacking ? [`The film breaks off after ${frames.length} whole pictures.`] : []
    return {
      facts: factsOf(header, frames),
      complaints,
      timestampsMs: frames.map((frame) => frame.timestampMs),
      sha256: () => sha256Of(path),
      picture: (ordinal) => readPicture(path, header, frames[ordinal]),
    }
  } finally {
    await file.close()
  }
}

/** The header's size stands where the first picture does not tell. */
async function sizeOf(bytes: Buffer, { width, height }: SeqHeader): Promise<{ width: number; height: number }> {
  return stillSize(bytes).catch(() => ({ width, height }))
}

/** Reads the fixed header. Throws Unreadable for what this reader has no decoder for. */
function parseSeqHeader(bytes: Buffer): SeqHeader {
  if (bytes.length < headerBytes) throw new Unreadable('This .seq film breaks off inside its header. Copy it again.')
  const [width = 0, height = 0, , , , format = 0, frames = 0, , stride = 0] = Array.from({ length: 9 }, (_, i) =>
    bytes.readUInt32LE(548 + 4 * i),
  )
  if (format === 101 || format === 103)
    throw new Unreadable(
      'This .seq film holds raw Bayer pictures, which are not supported. Export it as JPEG .seq or AVI.',
    )
  if (!(format in raw) && !compressed.includes(format))
    throw new Unreadable(
      `This .seq film has picture format ${format}, which is not known. Export it as JPEG .seq or AVI.`,
    )
  if (width < 1 || height < 1 || width > 16384 || height > 16384)
    throw new Unreadable(`This .seq film says its pictures are ${width} x ${height}: its header is damaged.`)
  return { width, height, format, frames, stride, fps: bytes.readDoubleLE(584) }
}

function rawTable(
  { width, height, format, frames, stride }: SeqHeader,
  size: number,
): { frames: SeqFrame[]; cut: boolean } {
  const bytes = width * height * (raw[format] ?? 1)
  const step = Math.max(stride, bytes)
  const there = Math.max(0, Math.floor((size - headerBytes - bytes) / step) + 1)
  const count = frames > 0 ? Math.min(frames, there) : there
  const table = Array.from({ length: count }, (_, i) => ({ start: headerBytes + i * step, bytes, timestampMs: 0 }))
  return { frames: table, cut: count < frames }
}

async function compressedTable(
  file: FileHandle,
  header: SeqHeader,
  size: number,
): Promise<{ frames: SeqFrame[]; cut: boolean }> {
  const frames: SeqFrame[] = []
  let gap: number | null = null
  let at = headerBytes
  while (at + 4 <= size && (header.frames === 0 || frames.length < header.frames)) {
    const length = (await bytesAt(file, at, 4)).readUInt32LE(0)
    const end = at + length
    if (length <= 4 || end > size) return { frames, cut: true }
    // After the picture: time, then padding in some writers' films and none in others'; the first picture tells.
    const after = await bytesAt(file, end, 12)
    frames.push({ start: at + 4, bytes: length - 4, timestampMs: timeIn(after) })
    gap ??= after.length === 12 && after.readUInt32LE(8) === 0 ? 16 : 8
    at = end + gap
  }
  return { frames, cut: header.frames > frames.length }
}

async function withRawTimes(file: FileHandle, header: SeqHeader, table: { frames: SeqFrame[]; cut: boolean }) {
  if (!(header.format in raw)) return table
  for (const frame of table.frames) frame.timestampMs = timeIn(await bytesAt(file, frame.start + frame.bytes, 6))
  return table
}

/** u32 seconds, u16 milliseconds. */
function timeIn(bytes: Buffer): number {
  return bytes.length >= 6 ? bytes.readUInt32LE(0) * 1000 + bytes.readUInt16LE(4) : 0
}

function factsOf(header: SeqHeader, frames: readonly SeqFrame[]): SourceFacts {
  const span = (frames.at(-1)?.timestampMs ?? 0) - (frames[0]?.timestampMs ?? 0)
  const stored = Number.isFinite(header.fps) && header.fps > 0 ? header.fps : null
  return {
    codec: 'seq',
    container: 'seq',
    codedWidth: header.width,
    codedHeight: header.height,
    sar: 1,
    declaredFps: span > 0 ? ((frames.length - 1) * 1000) / span : stored,
    declaredFrames: header.frames || null,
    seconds: null,
    stream: 0,
    streams: null,
    colour: { space: '', range: '' },
    rotateClockwise: 0,
    mirrored: false,
  }
}

async function readPicture(
  path: string,
  { format, width, height }: SeqHeader,
  frame: SeqFrame | undefined,
): Promise<StillPicture> {
  if (!frame) throw new RangeError('no such picture in this .seq film')
  const bytes = await frameBytes(path, frame)
  const channels = raw[format]
  return channels
    ? { width, height, pixels: rawToRgb(bytes, channels), damaged: false }
    : decodeStill(bytes, { width, height })
}

async function frameBytes(path: string, { start, bytes }: SeqFrame): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    return await bytesAt(file, start, bytes)
  } finally {
    await file.close()
  }
}

/** Grey to three equal channels, or BGR to RGB. */
function rawToRgb(bytes: Buffer, channels: 1 | 3): Uint8Array {
  const count = bytes.length / channels
  const rgb = new Uint8Array(count * 3)
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = bytes[channels === 1 ? i : i * 3 + 2 - c] ?? 0
  }
  return rgb
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}
