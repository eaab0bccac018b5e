import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toSource } from '@shared/geometry/affine'
import { ClipLoader } from '@main/media/clips/clip-loader'
import { type ClipRequest, ClipReader, type ClipVideo } from '@main/media/clips/clip-reader'
import { clipVideo } from '../support/clip-video'
import { threadEntry } from '@main/media/clips/decode-thread'
import type { Picture } from '@main/media/decode/contract/decoder'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { importMedia } from '@main/media/import/import-media'
import { readPictures } from '@main/media/sources/read-pictures'
import { readBarcode } from '../support/barcode'
import { builtEntry } from '../support/built-entry'
import { barcodeFilm, barcodePicture, everyDecoder, picturesOf, temporaryFolder } from '../support/media'

const folder = temporaryFolder()
const decoders = await everyDecoder()
const [nodeAv] = decoders
const frames = 100
let video: ClipVideo

beforeAll(async () => {
  const film = [...barcodeFilm(frames, 192, 144)].map(({ pixels }) => pixels)
  const file = join(folder.path, 'film.mkv')
  await encodeClip(nodeAv!, film, { file, width: 192, height: 144, fps: 25, lossless: true })
  const mediaFolder = join(folder.path, 'media')
  const { record } = await importMedia(file, { mediaFolder, decoder: nodeAv! })
  video = clipVideo(mediaFolder, record)
})
afterAll(() => folder[Symbol.dispose]())

function codes(pixels: Uint8Array, width: number, height: number): number[] {
  return picturesOf(pixels, width, height).map((picture) => readBarcode(picture, 0))
}

describe.each(decoders)('clips of a proxy by $version', (decoder) => {
  test('hold exactly the pictures asked for, in the order asked for', async () => {
    const reader = new ClipReader(decoder)
    const ordinals = fc.array(fc.integer({ min: 0, max: frames - 1 }), { minLength: 1, maxLength: 16 })
    const shapes = fc.constantFrom(
      { width: 112, height: 112, fit: 'squash' as const },
      { width: 96, height: 72, fit: 'crop' as const },
    )
    // A program start per read is slow, so the ffmpeg program is asked less often.
    const numRuns = decoder.name === 'node-av' ? 150 : 12
    await fc.assert(
      fc.asyncProperty(ordinals, shapes, async (wanted, shape) => {
        const { pixels } = await reader.read({ video, frames: wanted, ...shape })
        expect(codes(pixels, shape.width, shape.height)).toEqual(wanted)
      }),
      { numRuns },
    )
    reader.close()
  })

  test('refuse an ordinal that is not there, and go on afterwards', async () => {
    const reader = new ClipReader(decoder)
    const shape = { video, width: 96, height: 72, fit: 'squash' as const }
    await expect(reader.read({ ...shape, frames: [frames] })).rejects.toThrow(`picture ${frames} of ${frames}`)
    const { pixels } = await reader.read({ ...shape, frames: [frames - 1, 0] })
    expect(codes(pixels, 96, 72)).toEqual([frames - 1, 0])
    reader.close()
  })

  test('made losslessly come back pixel for pixel', async () => {
    const file = join(folder.path, `${decoder.name}-lossless.mkv`)
    const film = [0, 1, 2].map((i) => noise(33, 17, i))
    await encodeClip(decoder, film, { file, width: 33, height: 17, fps: 8, lossless: true })
    const back: Uint8Array[] = []
    for await (const { pixels } of readPictures(file, decoder, null)) back.push(pixels)
    expect(back.map((pixels) => Buffer.from(pixels).toString('hex'))).toEqual(
      film.map((pixels) => Buffer.from(pixels).toString('hex')),
    )
  })
})

describe('the way from a clip back to the source', () => {
  test.each(['crop', 'squash'] as const)('by %s puts a bright block where it was', async (fit) => {
    const block = { x1: 60, y1: 50, x2: 100, y2: 90 }
    const file = join(folder.path, `block-${fit}.mkv`)
    await encodeClip(nodeAv!, [withBlock(200, 120, block)], { file, width: 200, height: 120, fps: 8, lossless: true })
    const mediaFolder = join(folder.path, 'media')
    const { record } = await importMedia(file, { mediaFolder, decoder: nodeAv! })
    const reader = new ClipReader(nodeAv!)
    const { pixels, toSource: affine } = await reader.read({
      video: clipVideo(mediaFolder, record),
      frames: [0],
      width: 112,
      height: 112,
      fit,
    })
    const found = toSource(brightBox({ width: 112, height: 112, pixels }), affine)
    for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(Math.abs(found[side] - block[side])).toBeLessThan(2)
    reader.close()
  })
})

describe('clips loaded on threads', () => {
  let entry = ''
  beforeAll(async () => {
    entry = await builtEntry('src/main/media/clips/decode-thread.entry.ts')
  })
  afterAll(() => rmSync(dirname(entry), { recursive: true, force: true }))

  function request(start: number): ClipRequest {
    return { video, frames: Array.from({ length: 16 }, (_, i) => start + i), width: 112, height: 112, fit: 'squash' }
  }

  test('come as batches in order, read ahead, and are decoded once', async () => {
    const loader = new ClipLoader(threadEntry(entry), { threads: 2 })
    const plan = [0, 1, 2, 3, 0, 1].map((batch) => [0, 1, 2, 3].map((clip) => request(batch * 16 + clip * 4)))
    const seen: number[] = []
    for await (const { pixels, count, toSource: ways } of loader.batches(plan)) {
      expect(pixels.length).toBe(4 * 16 * 112 * 112 * 3)
      expect([count, ways.length]).toEqual([4, 4])
      seen.push(...codes(pixels, 112, 112).filter((_, i) => i % 16 === 0))
    }
    expect(seen).toEqual(plan.flat().map(({ frames: [first] }) => first))
    await loader.close()
  })

  test('read ahead are decoded once even when nothing is kept', async () => {
    let reads = 0
    const start = threadEntry(entry)
    const counting = () => {
      const thread = start()
      const read = (wanted: ClipRequest) => (reads++, thread.read(wanted))
      return {
        read,
        close: () => thread.close(),
        get waiting() {
          return thread.waiting
        },
      }
    }
    const loader = new ClipLoader(counting, { threads: 2, cacheBytes: 0 })
    const plan = [0, 1, 2, 3].map((batch) => [0, 1].map((clip) => request(batch * 16 + clip * 4)))
    for await (const _ of loader.batches(plan)) await new Promise((resolve) => setTimeout(resolve, 60))
    expect(reads).toBe(8)
    await loader.close()
  })

  test('say how much of the time was spent waiting for them', async () => {
    const loader = new ClipLoader(threadEntry(entry), { threads: 1 })
    await loader.read([request(0)])
    expect(loader.waitShare()).toBeGreaterThan(0.5)
    await loader.read([request(0)])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(loader.waitShare()).toBeLessThan(0.2)
    await loader.close()
  })

  test('reject when the proxy is gone, and when the loader is closed', async () => {
    const loader = new ClipLoader(threadEntry(entry), { threads: 1 })
    const gone = { ...request(0), video: { ...video, path: join(folder.path, 'gone.mp4') } }
    await expect(loader.read([gone])).rejects.toThrow(/no such file/i)
    await loader.close()
    await expect(loader.read([request(1)])).rejects.toThrow('closed')
  })
})

test('a clip is split into pictures without copying', () => {
  const pixels = new Uint8Array(2 * 3 * 4 * 3).map((_, i) => i)
  expect([...picturesIn(pixels, 4, 3)].map((picture) => picture[0])).toEqual([0, 36])
})

function noise(width: number, height: number, seed: number): Uint8Array {
  let state = seed + 1
  return new Uint8Array(width * height * 3).map(() => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16)
}

function withBlock(width: number, height: number, box: { x1: number; y1: number; x2: number; y2: number }): Uint8Array {
  const { pixels } = barcodePicture(0, width, height)
  pixels.fill(0)
  for (let y = box.y1; y < box.y2; y++) pixels.fill(255, (y * width + box.x1) * 3, (y * width + box.x2) * 3)
  return pixels
}

function brightBox({ width, height, pixels }: Picture) {
  const box = { x1: width, y1: height, x2: 0, y2: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[(y * width + x) * 3]! < 128) continue
      Object.assign(box, {
        x1: Math.min(box.x1, x),
        y1: Math.min(box.y1, y),
        x2: Math.max(box.x2, x + 1),
        y2: Math.max(box.y2, y + 1),
      })
    }
  }
  return box
}
