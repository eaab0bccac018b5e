import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ClipLoader } from '@main/media/clips/clip-loader'
import { type ClipRequest, ClipReader, type ClipVideo } from '@main/media/clips/clip-reader'
import { clipVideo } from '../test/support/clip-video'
import { threadEntry } from '@main/media/clips/decode-thread'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { importMedia } from '@main/media/import/import-media'
import { describeDecoders, openDecoder } from '@main/media/decode/open-decoder'
import { randomWindow } from '@main/media/clips/windows'
import { builtEntry } from '../test/support/built-entry'
import { seeded } from '../test/support/corruption'
import { movingPixels } from './support/films'
import { inFolder, quantile, rounded } from './support/measure'

const shape = { width: 112, height: 112, fit: 'crop' as const }
const frames = 180

async function makeVideos(folder: string, count: number): Promise<ClipVideo[]> {
  const decoder = await openDecoder('auto')
  const mediaFolder = join(folder, 'media')
  const videos: ClipVideo[] = []
  for (let i = 0; i < count; i++) {
    const file = join(folder, `film${i}.mp4`)
    const pixels = movingPixels(frames, 320, 240, i)
    await encodeClip(decoder, picturesIn(pixels, 320, 240), { file, width: 320, height: 240, fps: 25, lossless: false })
    videos.push(clipVideo(mediaFolder, (await importMedia(file, { mediaFolder, decoder })).record))
  }
  return videos
}

function request(video: ClipVideo, stride: number, random: () => number): ClipRequest {
  return { video, ...shape, frames: randomWindow({ frames, length: 16, stride, short: 'reflect' }, random) }
}

/** Milliseconds for one clip of 16 pictures, 112 x 112, from a proxy of 320 x 240. */
async function oneClip(videos: ClipVideo[], decoderName: 'node-av' | 'ffmpeg', runs: number) {
  const decoder = await openDecoder(decoderName)
  const random = seeded(1)
  const time = async (mostOpen: number, stride: number) => {
    const reader = new ClipReader(decoder, mostOpen)
    const samples: number[] = []
    for (let i = 0; i < runs; i++) {
      const video = videos[i % videos.length]
      if (!video) break
      const from = performance.now()
      await reader.read(request(video, stride, random))
      samples.push(performance.now() - from)
    }
    reader.close()
    // The first round opens the files.
    return rounded(quantile(samples.slice(videos.length), 0.5))
  }
  return { coldMs: await time(1, 1), openMs: await time(64, 1), openStride4Ms: await time(64, 4) }
}

/** Batches of 16 on two threads beside work that takes 100 ms a batch: how long it waits. */
async function training(videos: ClipVideo[], entry: string) {
  const loader = new ClipLoader(threadEntry(entry), { threads: 2, cacheBytes: 0 })
  const random = seeded(2)
  const plan = Array.from({ length: 40 }, () =>
    Array.from({ length: 16 }, () => request(videos[Math.floor(random() * videos.length)] ?? videos[0]!, 1, random)),
  )
  await loader.read(plan[0] ?? [])
  loader.waitShare()
  const from = performance.now()
  for await (const _ of loader.batches(plan)) await new Promise((resolve) => setTimeout(resolve, 100))
  const waitShare = rounded(loader.waitShare())
  const perBatch = (performance.now() - from) / plan.length
  const fast = performance.now()
  for await (const _ of loader.batches(plan));
  const clipsPerSecond = rounded((plan.length * 16000) / (performance.now() - fast))
  await loader.close()
  return { batch: '16 x 16 x 112 x 112', stepMs: 100, msPerBatch: rounded(perBatch), waitShare, clipsPerSecond }
}

/** One training clip from a proxy by each decoder, and batches loaded beside work. */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const entry = await builtEntry('src/main/media/clips/decode-thread.entry.ts')
  try {
    return await inFolder(async (folder) => {
      const videos = await makeVideos(folder, 12)
      const available = (await describeDecoders()).filter((decoder) => decoder.available).map(({ name }) => name)
      say(`decoders: ${available.join(', ')}`)
      return {
        ...(available.includes('node-av') ? { nodeAv: await oneClip(videos, 'node-av', 120) } : {}),
        ...(available.includes('ffmpeg') ? { ffmpeg: await oneClip(videos, 'ffmpeg', 36) } : {}),
        training: await training(videos, entry),
      }
    })
  } finally {
    rmSync(dirname(entry), { recursive: true, force: true })
  }
}
