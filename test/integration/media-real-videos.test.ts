import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MediaRecord } from '@shared/media'
import { MediaPool } from '@main/media/media-pool'
import { MediaService } from '@main/media/media-service'
import { forkEntry } from '@main/process/process-channel'
import { builtEntry } from '../support/built-entry'
import { temporaryFolder } from '../support/media'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

interface Row {
  path: string
  frames: number
  /** Degrees as ffprobe prints them: counter-clockwise. */
  rotation: number
}

const rows: Row[] = hasSharedData
  ? readFileSync(sharedData('VIDEO_PROBE.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      // Of the 80 phone clips, which take longest, every third: `npm run bench -- import` decodes all of them.
      .filter((cells, i) => i % 3 === 0 || !cells[0]!.includes('skateboardml'))
      .map((cells) => ({ path: sharedData(cells[0]!), frames: Number(cells[10]), rotation: Number(cells[13]) }))
  : []
const temporary = temporaryFolder()
let entry = ''
let media: MediaService

beforeAll(async () => {
  entry = await builtEntry('src/main/media/decoder.entry.ts')
  media = new MediaService(new MediaPool(forkEntry(entry)))
})
afterAll(() => {
  media.close()
  temporary[Symbol.dispose]()
  rmSync(dirname(entry), { recursive: true, force: true })
})

test.skipIf(!hasSharedData)(
  `each of the real videos has the pictures that a full decode counts${whenShared}`,
  async () => {
    const records = await Promise.all(rows.map(({ path }) => media.probe(path)))
    const told = records.map(({ frames, rotateClockwise, status }) => ({ frames, rotateClockwise, status }))
    expect(told).toEqual(
      rows.map(({ frames, rotation }) => ({ frames, rotateClockwise: (360 - rotation) % 360, status: 'ok' })),
    )
  },
)

test.skipIf(!hasSharedData)(
  `phone clips, old AVIs and anamorphic pictures come in upright and whole${whenShared}`,
  async () => {
    const wanted: Record<string, Partial<MediaRecord>> = {
      'videos/skateboardml/Kickflip/Kickflip103.mov': {
        codec: 'hevc',
        frames: 30,
        width: 1080,
        height: 1920,
        editList: true,
      },
      'videos/ucf101/v_Basketball_g01_c01.avi': { codec: 'mpeg4', frames: 141, width: 320, height: 240 },
      'videos/mmaction2/demo_spatiotemporal_det.mp4': { frames: 57, fps: 6, width: 340, height: 256 },
      'videos/mmaction2/demo.mp4': { frames: 280, width: Math.round((340 * 64) / 51), height: 256 },
      'videos/odd/av1_video.mkv': { codec: 'av1', frames: 125 },
      'videos/odd/video_180.mov': { frames: 3, rotateClockwise: 180, width: 568, height: 320 },
    }
    const mediaFolder = join(temporary.path, 'media')
    for await (const { path, record } of media.importAll(
      Object.keys(wanted).map((name) => sharedData(name)),
      { mediaFolder },
    )) {
      const [, want] = Object.entries(wanted).find(([name]) => path.endsWith(name)) ?? []
      expect(record, path).toMatchObject({ status: 'ok', ...want })
      const poster = await sharp(join(mediaFolder, `${record.sha256}.jpg`)).metadata()
      expect(poster.width > poster.height, path).toBe(record.width > record.height)
    }
  },
)
