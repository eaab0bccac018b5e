import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Decoder, Picture } from '@main/media/decode/contract/decoder'
import { ClipReader } from '@main/media/clips/clip-reader'
import { importMedia } from '@main/media/import/import-media'
import { openSource } from '@main/media/sources/sources'
import type { MediaRecord } from '@shared/media'
import { readBarcode } from './barcode'
import { clipVideo } from './clip-video'
import { picturesOf, temporaryFolder } from './media'
import { hasSharedData, sharedData, whenShared } from './shared-data'

interface Expected {
  frames: number
  indices: '0..n-1' | number[]
  rotateClockwise: 0 | 90 | 180 | 270
}

const expected: Record<string, Expected> = hasSharedData
  ? JSON.parse(readFileSync(sharedData('video-fixtures/expected.json'), 'utf8'))
  : {}
const temporary = temporaryFolder()
afterAll(() => temporary[Symbol.dispose]())

function fixture(name: string): string {
  return sharedData('video-fixtures', name)
}

function mediaFolder(decoder: Decoder): string {
  return join(temporary.path, decoder.version.replaceAll('/', '-'))
}

export function importFixture(name: string, decoder: Decoder) {
  return importMedia(fixture(name), { mediaFolder: mediaFolder(decoder), decoder })
}

export async function originals(name: string, decoder: Decoder): Promise<Picture[]> {
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

/** What a decoder makes of the films and sequences whose pictures are known: all of them, or every fourth. */
export function fixturePromises(decoder: Decoder, { every = 1 } = {}): void {
  const some = <T>(list: readonly T[]) => list.filter((_, i) => i % every === 0)
  describe.skipIf(!hasSharedData)(`${decoder.version}${whenShared}`, () => {
    test.each(some(Object.entries(expected)))(
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

    test.each(
      some([
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
      ]),
    )('%s is %s, and says why', async (name, status, words) => {
      const { record } = await importFixture(name, decoder)
      expect(record.status).toBe(status)
      expect(record.reason).toMatch(words)
      expect(record.proxy !== null).toBe(status === 'damaged')
    })

    test.each(
      some([
        ['seq_jpg_201.seq', 30, 160, 120],
        ['seq_jpg_numframes0.seq', 30, 160, 120],
        ['seq_jpg_truncated.seq', 18, 160, 120],
        ['seq_raw_100.seq', 12, 80, 60],
        ['seq_raw_200.seq', 12, 80, 60],
      ]),
    )('%s, which no FFmpeg opens, has its %i pictures', async (name, frames, width, height) => {
      const { record } = await importFixture(name, decoder)
      expect(record).toMatchObject({ codec: 'seq', frames, width, height, fps: 25, variable: false })
      expect(record.timestampsMs).toEqual(Array.from({ length: frames }, (_, i) => i * 40))
      const indices = Array.from({ length: frames }, (_, i) => i)
      expect((await originals(name, decoder)).map((picture) => readBarcode(picture, 0))).toEqual(indices)
      expect((await proxied(record, decoder)).map((picture) => readBarcode(picture, 0))).toEqual(indices)
    })

    test.each(
      some([
        ['h264_sar16x11.mp4', { width: 512, height: 288, codedWidth: 352, codedHeight: 288 }],
        ['h264_rot_cw90.mp4', { width: 180, height: 320, codedWidth: 320, codedHeight: 180 }],
        [
          'mpeg4_odd_321x241.avi',
          { width: 321, height: 241, proxy: expect.objectContaining({ width: 322, height: 242 }) },
        ],
        ['h264_vfr.mp4', { variable: true, fps: expect.closeTo(15.455, 3) }],
        ['h264_editlist_trim.mp4', { editList: true, declaredFrames: 102, fps: 30, variable: false }],
        ['h264_fragmented.mp4', { status: 'ok', fps: 30 }],
        ['ucf_xvid_packedb_2997.avi', { status: 'ok', fps: expect.closeTo(29.97, 2) }],
      ]),
    )('%s keeps its size, times and turns', async (name, facts) => {
      const { record } = await importFixture(name, decoder)
      expect(record).toMatchObject(facts)
    })
  })
}
