import type { FilterAPI } from 'node-av/api'
import { type Frame, Rational } from 'node-av/lib'

/** The one picture that a chain without delay makes of one picture; the caller frees it. */
export function filtered(filter: FilterAPI, frame: Frame, ordinal: number): Frame {
  // The filter graph needs some time base; the file's own may be absent and is not wanted here.
  frame.timeBase = new Rational(1, 1000)
  frame.pts = BigInt(ordinal)
  const [out] = filter.processAllSync(frame)
  if (!out) throw new Error(`the filters gave no picture for ${ordinal}`)
  return out
}

export function asBuffer(pixels: Uint8Array): Buffer {
  return Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
}
