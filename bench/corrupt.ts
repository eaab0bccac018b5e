import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openMedia } from '@main/media/open-media'
import { forkEntry } from '@main/process/process-channel'
import { builtEntry } from '../test/support/built-entry'
import { corrupted } from '../test/support/corruption'
import { hasSharedData, sharedData } from '../test/support/shared-data'
import { inFolder, option, rounded } from './support/measure'

const fixtures = [
  'ucf_xvid_packedb_2997.avi',
  'ucf_mpeg4_25_mp3.avi',
  'h264_longgop_bframes.mp4',
  'h264_fragmented.mp4',
  'h264_editlist_trim.mp4',
  'h264_vfr.mp4',
  'hevc_8bit.mp4',
  'hevc_10bit_hlg.mp4',
  'vp9.webm',
  'vp9_odd_321x241.webm',
  'mpeg1.mpg',
  'mjpeg.avi',
  'seq_jpg_201.seq',
  'seq_raw_200.seq',
]

/** Imports thousands of damaged copies: no crash of this process, no hang, a sentence for each that did not come in. */
async function run(folder: string, entry: string, say: (line: string) => void) {
  const count = option('copies', 5000)
  const first = option('seed', 1000)
  const media = openMedia(forkEntry(entry))
  const statuses: Record<string, number> = {}
  const lost: string[] = []
  let slowest = 0
  const copies = function* () {
    for (let i = 0; i < count; i++) {
      const name = fixtures[i % fixtures.length] ?? ''
      const path = join(folder, `${first + i}-${name}`)
      writeFileSync(path, corrupted(readFileSync(sharedData('video-fixtures', name)), first + i))
      yield path
    }
  }
  const from = performance.now()
  const mediaFolder = join(folder, 'media')
  for (const paths of chunks(copies(), 100)) {
    let last = performance.now()
    for await (const { path, record } of media.importAll(paths, { mediaFolder })) {
      statuses[record.status] = (statuses[record.status] ?? 0) + 1
      if (record.reason?.includes('did not survive')) lost.push(path)
      slowest = Math.max(slowest, performance.now() - last)
      last = performance.now()
    }
    say(JSON.stringify(statuses))
    for (const path of [...paths, mediaFolder]) rmSync(path, { recursive: true, force: true })
  }
  media.close()
  return {
    ...{ copies: count, ...statuses, processesLost: lost.length, slowestMs: rounded(slowest) },
    seconds: rounded((performance.now() - from) / 1000),
  }
}

function* chunks(items: Iterable<string>, size: number): Generator<string[]> {
  let chunk: string[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** Options: --copies 5000 --seed 1000. */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  if (!hasSharedData) return { skipped: 'needs ../shared/data beside the checkout' }
  const entry = await builtEntry('src/main/media/decoder.entry.ts')
  try {
    return await inFolder((folder) => run(folder, entry, say))
  } finally {
    rmSync(dirname(entry), { recursive: true, force: true })
  }
}
