import { placeWhole } from '@main/files/write-whole'
import type { Decoder, Picture } from '@main/media/decode/contract/decoder'
import { discard } from './media-folder'

/** How a made clip is written. */
export interface EncodeOptions {
  file: string
  width: number
  height: number
  fps: number
  /** FFV1 in RGB (.mkv): every pixel comes back as given. Otherwise H.264 at crf 12, even sides (.mp4). */
  lossless: boolean
}

/**
 * Writes made pictures, [H, W, 3] RGB each, to a video file that appears only when it is whole.
 * @returns how many pictures were written
 */
export async function encodeClip(
  decoder: Decoder,
  frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { file, width, height, fps, lossless }: EncodeOptions,
): Promise<number> {
  const temporary = `${file}.${process.pid}.tmp`
  const codec = lossless ? ({ name: 'lossless' } as const) : ({ name: 'x264', crf: 12 } as const)
  try {
    const count = await decoder.encode(sized(frames, width, height), { file: temporary, width, height, fps, codec })
    placeWhole(temporary, file)
    return count
  } catch (error) {
    discard(temporary)
    throw error
  }
}

/** The pictures of a clip whose pictures lie one after the other. */
export function* picturesIn(pixels: Uint8Array, width: number, height: number): Generator<Uint8Array> {
  const bytes = width * height * 3
  for (let at = 0; at + bytes <= pixels.length; at += bytes) yield pixels.subarray(at, at + bytes)
}

async function* sized(
  frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  width: number,
  height: number,
): AsyncGenerator<Picture> {
  for await (const pixels of frames) {
    if (pixels.length !== width * height * 3)
      throw new RangeError(`A ${width} x ${height} picture has ${width * height * 3} bytes; got ${pixels.length}.`)
    yield { width, height, pixels }
  }
}
