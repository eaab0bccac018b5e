import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Decoder, Picture } from '@main/media/decode/contract/decoder'
import { ClipReader } from '@main/media/clips/clip-reader'
import { clipVideo } from '../support/clip-video'
import { importMedia } from '@main/media/import/import-media'
import { openSource } from '@main/media/sources/sources'
import type { MediaRecord } from '@shared/media'
import { readBarcode } from '../support/barcode'
import { everyDecoder, picturesOf, temporaryFolder } from '../support/media'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

interface Expected {
  frames: number
  indices: '0..n-1' | number[]
  rotateClockwise: 0 | 90 | 180 | 270
}

const expected: Record<string, Expected> = hasSharedData
  ? JSON.parse(readFileSync(sharedData('video-fixtures/expected.json'), 'utf8'))
  : {}
const decoders = await everyDecoder()
const temporary = temporaryFolder()
afterAll(() => temporary[Symbol.dispose]())

function fixture(name: string): string {
  return sharedData('video-fixtures', name)
}

function mediaFolder(decoder: Decoder): string {
  return join(temporary.path, decoder.version.replaceAll('/', '-'))
}

function importFixture(name: string, decoder: Decoder) {
  return importMedia(fixture(name), { mediaFolder: mediaFolder(decoder), decoder })
}

async function originals(name: string, decoder: Decoder): Promise<Picture[]> {
  const pictures: Picture[] = []
  for await (const picture of (await openSource(fixture(name), decoder)).pictures(null)) pictures.push(picture)
  return pictures
}

async function proxied(record: MediaRecord, decoder: Decoder): Promise<Picture[]> {
  const video = clipVideo(mediaFolder(decoder), record)
  const { width, height } = video
  const reader = new ClipReader(decoder)
  const frames = Array.from({ length: record.frames }, (_, i) => i)
  const { pixels } = await reader.read({ video, frames, width, height, fit: 'squash' })
  reader.close()
  return picturesOf(pixels, width, height)
}

describe.skipIf(!hasSharedData).each(decoders)(`$version${whenShared}`, (decoder) => {
  test.each(Object.entries(expected))(
    '%s has its pictures in order, upright, and so has its proxy',
    async (name, want) => {
      const { record } = await importFixture(name, decoder)
      expect({ frames: record.frames, turn: record.rotateClockwise }).toEqual({
        frames: want.frames,
        turn: want.rotateClockwise,
      })
      if (!record.proxy) return expect(record.reason).toMatch(/\w+\./)
      const indices = want.indices === '0..n-1' ? Array.from({ length: want.frames }, (_, i) => i) : want.indices
      const read = (picture: Picture) => readBarcode(picture, want.rotateClockwise)
      expect((await originals(name, decoder)).map(read)).toEqual(indices)
      expect((await proxied(record, decoder)).map(read)).toEqual(indices)
    },
  )

  test.each([
    ['corrupt_bits.avi', 'damaged', /109/],
    ['corrupt_bits.mp4', 'damaged', /59/],
    ['trunc_faststart.mp4', 'damaged', /cut off: 82799 bytes.*177.*announces 300/],
    ['trunc_no_index.avi', 'damaged', /70/],
    ['seq_jpg_truncated.seq', 'damaged', /18/],
    ['trunc_no_moov.mp4', 'failed', /moov/],
    ['trunc_500bytes.mp4', 'failed', /moov/],
    ['text.avi', 'failed', /not a video/],
    ['zero_bytes.mp4', 'failed', /0 bytes/],
    ['audio_only.mp4', 'failed', /audio without pictures/],
    ['png_named.avi', 'failed', /PNG picture, not a video/],
  ])('%s is %s, and says why', async (name, status, words) => {
    const { record } = await importFixture(name, decoder)
    expect(record.status).toBe(status)
    expect(record.reason).toMatch(words)
    expect(record.proxy !== null).toBe(status === 'damaged')
  })

  test.each([
    ['seq_jpg_201.seq', 30, 160, 120],
    ['seq_jpg_numframes0.seq', 30, 160, 120],
    ['seq_jpg_truncated.seq', 18, 160, 120],
    ['seq_raw_100.seq', 12, 80, 60],
    ['seq_raw_200.seq', 12, 80, 60],
  ])('%s, which no FFmpeg opens, has its %i pictures', async (name, frames, width, height) => {
    const { record } = await importFixture(name, decoder)
    expect(record).toMatchObject({ codec: 'seq', frames, width, height, fps: 25, variable: false })
    expect(record.timestampsMs).toEqual(Array.from({ length: frames }, (_, i) => i * 40))
    const indices = Array.from({ length: frames }, (_, i) => i)
    expect((await originals(name, decoder)).map((picture) => readBarcode(picture, 0))).toEqual(indices)
    expect((await proxied(record, decoder)).map((picture) => readBarcode(picture, 0))).toEqual(indices)
  })

  test.each([
    ['h264_sar16x11.mp4', { width: 512, height: 288, codedWidth: 352, codedHeight: 288 }],
    ['h264_rot_cw90.mp4', { width: 180, height: 320, codedWidth: 320, codedHeight: 180 }],
    ['mpeg4_odd_321x241.avi', { width: 321, height: 241, proxy: expect.objectContaining({ width: 322, height: 242 }) }],
    ['h264_vfr.mp4', { variable: true, fps: expect.closeTo(15.455, 3) }],
    ['h264_editlist_trim.mp4', { editList: true, declaredFrames: 102, fps: 30, variable: false }],
    ['h264_fragmented.mp4', { status: 'ok', fps: 30 }],
    ['ucf_xvid_packedb_2997.avi', { status: 'ok', fps: expect.closeTo(29.97, 2) }],
  ])('%s keeps its size, times and turns', async (name, facts) => {
    const { record } = await importFixture(name, decoder)
    expect(record).toMatchObject(facts)
  })
})

test.skipIf(!hasSharedData || decoders.length < 2)(`all decoders give the same pixels${whenShared}`, async () => {
  for (const name of ['ucf_xvid_packedb_2997.avi', 'hevc_8bit.mp4', 'h264_rot_ccw90.mp4', 'h264_sar16x11.mp4']) {
    const [first, ...others] = await Promise.all(decoders.map((decoder) => originals(name, decoder)))
    for (const other of others) expect(meanDifference(first!, other), name).toBeLessThan(0.5)
  }
})

test.skipIf(!hasSharedData)(`node-av says which pictures are damaged${whenShared}`, async () => {
  const { record } = await importFixture('corrupt_bits.mp4', decoders[0]!)
  expect(record.badFrames).toHaveLength(17)
  expect(record.reason).toContain('17 of 59 pictures were decoded with errors (20, 22-32')
})

function meanDifference(a: Picture[], b: Picture[]): number {
  expect(b.length).toBe(a.length)
  let sum = 0
  let count = 0
  a.forEach(({ pixels }, i) => {
    for (let k = 0; k < pixels.length; k += 7, count++) sum += Math.abs(pixels[k]! - b[i]!.pixels[k]!)
  })
  return sum / count
}
