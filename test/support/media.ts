import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Decoder, Picture } from '@main/media/decode/contract/decoder'
import { FfmpegDecoder } from '@main/media/decode/ffmpeg/ffmpeg-decoder'
import { findFfmpeg } from '@main/media/decode/ffmpeg/ffmpeg-program'
import { NodeAvDecoder } from '@main/media/decode/node-av/node-av-decoder'

/** A folder of its own that goes away with the test. */
export function temporaryFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'whynot-media-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Every decoder of this machine: node-av, the ffmpeg on PATH, and the one of the npm package. */
export async function everyDecoder(): Promise<Decoder[]> {
  const programs = [await findFfmpeg(), await findFfmpeg({ PATH: '' })]
  const paths = new Set<string>()
  const ffmpegs = programs.flatMap((program) => {
    if (!program || paths.has(program.path)) return []
    paths.add(program.path)
    return [new FfmpegDecoder(program)]
  })
  return [new NodeAvDecoder(), ...ffmpegs]
}

/** A picture that carries its ordinal as a barcode in the top quarter, with a moving bright block below. */
export function barcodePicture(ordinal: number, width: number, height: number): Picture {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = (ordinal >> Math.floor((x * 12) / width)) & 1
      const value = y < height / 4 ? bit * 255 : (x + y + ordinal * 3) % 200
      pixels.fill(value, (y * width + x) * 3, (y * width + x) * 3 + 3)
    }
  }
  return { width, height, pixels }
}

/** `count` barcode pictures. */
export function* barcodeFilm(count: number, width: number, height: number): Generator<Picture> {
  for (let i = 0; i < count; i++) yield barcodePicture(i, width, height)
}

/** The pictures of a clip [T, H, W, 3]. */
export function picturesOf(pixels: Uint8Array, width: number, height: number): Picture[] {
  const bytes = width * height * 3
  return Array.from({ length: pixels.length / bytes }, (_, i) => {
    return { width, height, pixels: pixels.subarray(i * bytes, (i + 1) * bytes) }
  })
}
