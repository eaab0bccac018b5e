import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ClipReader } from '@main/media/clips/clip-reader'
import { clipVideo } from '../support/clip-video'
import type { Decoder } from '@main/media/decode/contract/decoder'
import { findMedia } from '@main/media/sources/find-media'
import { importMedia } from '@main/media/import/import-media'
import { openSource } from '@main/media/sources/sources'
import type { MediaRecord } from '@shared/media'
import { readGrey } from '../support/barcode'
import { everyDecoder, picturesOf, temporaryFolder } from '../support/media'
import { hasSharedData, sharedData } from '../support/shared-data'

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
const possible = hasFfmpeg && hasSharedData
const why = possible ? '' : ' (skipped: needs ffmpeg on PATH and ../shared/data beside the checkout)'
const temporary = temporaryFolder()
const made = join(temporary.path, 'made')
// The program of the npm package stands for both ffmpegs here: it starts three times as fast.
const decoders = (await everyDecoder()).filter((decoder) => !decoder.version.includes('PATH'))

beforeAll(() => {
  if (possible) execFileSync('bash', [sharedData('make_video_fixtures.sh'), made])
})
afterAll(() => temporary[Symbol.dispose]())

function upTo(frames: number, from = 0): number[] {
  return Array.from({ length: frames }, (_, i) => from + i)
}

const all90 = { frames: 90, ordinals: upTo(90), status: 'ok' as const, width: 160, height: 120 }
const kept = upTo(90).filter((n) => n % 8 !== 3)

/** What each made file holds: the ordinals written into its pictures, and how it is to be shown. */
const truths: Record<string, Partial<MediaRecord> & { ordinals: number[] }> = {
  'cfr30.mp4': { ...all90, fps: 30, variable: false },
  'cfr2997.mp4': { ...all90, fps: 29.97, variable: false },
  'vfr_dropped.mp4': { ...all90, frames: 79, ordinals: kept, variable: true },
  'rot_-90.mp4': { ...all90, width: 120, height: 160, rotateClockwise: 90 },
  'rot_90.mp4': { ...all90, width: 120, height: 160, rotateClockwise: 270 },
  'rot_-180.mp4': { ...all90, rotateClockwise: 180 },
  'odd_161x121_yuv444.mp4': { ...all90, width: 161, height: 121 },
  'odd_161x121_mjpeg.avi': { ...all90, width: 161, height: 121 },
  'xvid.avi': all90,
  'mpeg4_part2.mp4': all90,
  'h264_in.avi': all90,
  'h264.mov': all90,
  'mpeg2.mpg': all90,
  'hevc.mp4': all90,
  'sar4_3.mp4': { ...all90, width: 213 },
  'bframes.mp4': all90,
  'editlist_trim.mp4': { ...all90, frames: 75, ordinals: upTo(75, 15), editList: true },
  'start_offset.mkv': all90,
  'audio_longer.mp4': all90,
  'one_frame.mp4': { ...all90, frames: 1, ordinals: [0] },
  'truncated_faststart.mp4': { frames: 48, ordinals: upTo(48), status: 'damaged' },
}

const refused: Record<string, RegExp> = {
  'audio_only.mp4': /audio without pictures/,
  'truncated_nomoov.mp4': /moov/,
  'zero.mp4': /0 bytes/,
  'text.mp4': /not a video/,
}

const named = [
  'with space',
  'hash#1',
  '100%25',
  "o'brien & co",
  '测试',
  'видео',
  '👀',
  'two.dots',
  '-lead',
  'Engan\u0303o_nfd',
  'Enga\u00f1o_nfc',
]

async function original(path: string, decoder: Decoder): Promise<number[]> {
  const seen: number[] = []
  for await (const picture of (await openSource(path, decoder)).pictures(null)) seen.push(readGrey(picture))
  return seen
}

async function proxied(mediaFolder: string, record: MediaRecord, decoder: Decoder): Promise<number[]> {
  const video = clipVideo(mediaFolder, record)
  const reader = new ClipReader(decoder)
  const shape = { width: video.width, height: video.height, fit: 'squash' as const }
  const { pixels } = await reader.read({ video, frames: upTo(record.frames), ...shape })
  reader.close()
  return picturesOf(pixels, video.width, video.height).map(readGrey)
}

describe.skipIf(!possible).each(decoders)(`$version${why}`, (decoder) => {
  const mediaFolder = join(temporary.path, `media-${decoder.name}`)

  test.each(Object.entries(truths))(
    '%s shows each picture under its own number',
    async (name, { ordinals, ...facts }) => {
      const path = join(made, name)
      const { record } = await importMedia(path, { mediaFolder, decoder })
      expect(record).toMatchObject(facts)
      expect(await original(path, decoder)).toEqual(ordinals)
      expect(await proxied(mediaFolder, record, decoder)).toEqual(ordinals)
    },
  )

  test.each(Object.entries(refused))('%s is refused and says why', async (name, words) => {
    const { record } = await importMedia(join(made, name), { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'failed', frames: 0, proxy: null })
    expect(record.reason).toMatch(words)
  })

  test.each(named)('a file named "%s" is like any other', async (name) => {
    const path = join(made, `${name}.mp4`)
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', frames: 90 })
    expect((await original(path, decoder)).slice(0, 3)).toEqual([0, 1, 2])
  })

  test('a name of 255 bytes, and names that mean something to ffmpeg, are like any other', async () => {
    for (const name of [
      `${'x'.repeat(251)}.mp4`,
      '%03d.mp4',
      'concat:a|b.mp4',
      'a:b.mp4',
      '"quoted".mp4',
      'pipe:0.mp4',
      '$HOME.mp4',
    ]) {
      const path = join(temporary.path, name)
      copyFileSync(join(made, 'one_frame.mp4'), path)
      const { record } = await importMedia(path, { mediaFolder, decoder })
      expect(record, name).toMatchObject({ status: 'ok', frames: 1 })
    }
  })

  test('files of one name in two folders stay two videos', async () => {
    const [a, b] = await Promise.all(
      ['a', 'b'].map((folder) => importMedia(join(made, folder, 'clip.mp4'), { mediaFolder, decoder })),
    )
    expect([a!.record.fps, b!.record.fps]).toEqual([30, 29.97])
    expect(a!.record.sha256).not.toBe(b!.record.sha256)
  })
})

test.skipIf(!possible)(`every made file is found, those in sub-folders too${why}`, async () => {
  const { paths } = await findMedia([made])
  const there = readdirSync(made, { recursive: true, encoding: 'utf8' }).filter((name) => /[^.]\.\w{3}$/.test(name))
  const visible = there.filter((name) => !name.startsWith('.'))
  expect(paths.map((path) => relative(made, path)).sort()).toEqual(visible.sort())
})
