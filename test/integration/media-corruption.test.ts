import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MediaPool } from '@main/media/media-pool'
import { MediaService } from '@main/media/media-service'
import { holdsPictures } from '@main/media/files/media-folder'
import { forkEntry } from '@main/process/process-channel'
import { builtEntry } from '../support/built-entry'
import { corrupted } from '../support/corruption'
import { temporaryFolder } from '../support/media'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

const fixtures = [
  'ucf_xvid_packedb_2997.avi',
  'h264_longgop_bframes.mp4',
  'hevc_10bit_hlg.mp4',
  'vp9.webm',
  'mpeg1.mpg',
  'mjpeg.avi',
  'h264_fragmented.mp4',
  'h264_editlist_trim.mp4',
  'seq_jpg_201.seq',
  'seq_raw_200.seq',
]
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
  `200 damaged copies each end as a row, readable ones with a whole proxy${whenShared}`,
  async () => {
    const mediaFolder = join(temporary.path, 'media')
    const copies = Array.from({ length: 200 }, (_, seed) => {
      const name = fixtures[seed % fixtures.length]!
      const path = join(temporary.path, `${seed}-${name}`)
      writeFileSync(path, corrupted(readFileSync(sharedData('video-fixtures', name)), seed))
      return path
    })
    const statuses: Record<string, number> = {}
    for await (const { path, record } of media.importAll(copies, { mediaFolder })) {
      statuses[record.status] = (statuses[record.status] ?? 0) + 1
      if (record.status !== 'ok') expect(record.reason, path).toMatch(/\w.*\.$/)
      expect(record.reason ?? '', path).not.toContain('did not survive')
      if (record.proxy) expect(holdsPictures(join(mediaFolder, record.proxy.file), record.frames), path).toBe(true)
      else expect(record.status, path).toBe('failed')
    }
    expect(Object.values(statuses).reduce((a, b) => a + b, 0)).toBe(200)
    expect(statuses['damaged']).toBeGreaterThan(20)
    expect(statuses['failed']).toBeGreaterThan(20)
  },
)
