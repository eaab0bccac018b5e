import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findFfmpeg } from '@main/media/decode/ffmpeg/ffmpeg-program'
import type { DecoderChoice } from '@main/media/decode/open-decoder'
import type { MediaService } from '@main/media/media-service'
import { openMedia } from '@main/media/open-media'
import { forkEntry } from '@main/process/process-channel'
import { proxyGroups } from '@main/media/decode/contract/proxy-format'
import { builtEntry } from '../test/support/built-entry'
import { hasSharedData, sharedData } from '../test/support/shared-data'
import { madeClips } from './support/films'
import { inFolder, option, rounded, seconds } from './support/measure'

const clipsPerTurn = 6

/** Imports files; throws when a file did not come in. Returns the memory of the processes on the way, MB. */
async function importFiles(media: MediaService, paths: string[], mediaFolder: string, decoder: DecoderChoice) {
  const memory: number[] = []
  let done = 0
  for await (const { path, record } of media.importAll(paths, { mediaFolder, decoder })) {
    if (record.status !== 'ok') throw new Error(`${path}: ${record.reason}`)
    // Asking costs more than importing a small clip.
    if (++done % 20 === 0 && process.platform === 'linux') memory.push(memoryOfProcesses())
  }
  return memory
}

/** Resident memory of this process's children, MB. */
function memoryOfProcesses(): number {
  const list = execFileSync('ps', ['-o', 'rss=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  const sizes = list.split('\n').flatMap((line) => (line.includes('decoder.mjs') ? [Number.parseInt(line, 10)] : []))
  return Math.max(0, ...sizes) / 1024
}

/** UCF-like AVIs: 320 x 240, 180 pictures, about 600 KB, coded as such collections are. */
async function makeAvis(media: MediaService, folder: string, ffmpeg: string, count: number): Promise<void> {
  const raw = join(folder, 'raw')
  const avis = join(folder, 'avis')
  for (const path of [raw, avis]) mkdirSync(path)
  await media.encodeClips(madeClips(raw, count, { frames: 180, width: 320, height: 240, lossless: false }), {
    batch: 1,
  })
  for (const name of readdirSync(raw)) {
    const coding = ['-c:v', 'mpeg4', '-vtag', 'XVID', '-bf', '2', '-b:v', '650k', '-an']
    await promisify(execFile)(ffmpeg, ['-v', 'error', '-i', join(raw, name), ...coding, join(avis, `${name}.avi`)])
  }
}

/** The command line doing the same decoding and encoding, two files at a time: the import without its checks. */
async function plainFfmpeg(ffmpeg: string, paths: readonly string[], to: string): Promise<void> {
  const left = [...paths]
  const chain = 'settb=1/25,setpts=N,scale=320:240:flags=bicubic,setsar=1,format=yuv420p'
  const timing = '-vsync 0 -enc_time_base 1/25 -video_track_timescale 25000 -movflags +faststart'.split(' ')
  const encode = `-c:v libx264 -preset veryfast -crf 23 -x264-params ${proxyGroups} -threads 1`.split(' ')
  const one = async (path: string) => {
    const output = ['-an', '-vf', chain, ...timing, ...encode, join(to, `${basename(path)}.mp4`)]
    await promisify(execFile)(ffmpeg, ['-v', 'error', '-nostdin', '-threads', '1', '-i', path, ...output])
  }
  const worker = async () => {
    for (let path = left.pop(); path; path = left.pop()) await one(path)
  }
  await Promise.all([worker(), worker()])
}

async function ucfLike(media: MediaService, folder: string): Promise<Record<string, unknown>> {
  const program = await findFfmpeg()
  if (!program) return { ucfLike: 'no ffmpeg program to compare with' }
  const clips = option('clips', 24)
  await makeAvis(media, folder, program.path, clips)
  const avis = join(folder, 'avis')
  const plain = join(folder, 'plain')
  mkdirSync(plain)
  let [ours, theirs, fallback] = [0, 0, 0]
  const paths = readdirSync(avis).map((name) => join(avis, name))
  // In turns, so that what else the machine does meets all of them alike.
  for (let at = 0; at < paths.length; at += clipsPerTurn) {
    const some = paths.slice(at, at + clipsPerTurn)
    ours += await seconds(() => importFiles(media, some, join(folder, 'ours'), 'node-av'))
    theirs += await seconds(() => plainFfmpeg(program.path, some, plain))
    fallback += await seconds(() => importFiles(media, some, join(folder, 'fallback'), 'ffmpeg'))
  }
  const each = (total: number) => rounded((total * 1000) / clips)
  return {
    ffmpegVersion: program.version,
    ucfLikeClips: clips,
    importMsPerClip: each(ours),
    importByFfmpegMsPerClip: each(fallback),
    plainFfmpegMsPerClip: each(theirs),
    timesAsFast: rounded(theirs / ours),
  }
}

async function shapeActsLike(media: MediaService, folder: string): Promise<Record<string, unknown>> {
  const from = join(folder, 'small')
  mkdirSync(from)
  const made = { frames: 16, width: 64, height: 64, lossless: true }
  const encode = await seconds(() => media.encodeClips(madeClips(from, 760, made)))
  let memory: number[] = []
  const small = readdirSync(from).map((name) => join(from, name))
  const taken = await seconds(
    async () => (memory = await importFiles(media, small, join(folder, 'small-media'), 'auto')),
  )
  return {
    smallClips: 760,
    writeSeconds: rounded(encode),
    importSeconds: rounded(taken),
    processMbAfter100: Math.round(Math.max(...memory.slice(0, 5))),
    processMbAfter760: Math.round(Math.max(...memory)),
  }
}

/** Decodes every real video there is and compares the counts. */
async function realVideos(media: MediaService): Promise<Record<string, unknown>> {
  if (!hasSharedData || !existsSync(sharedData('VIDEO_PROBE.csv'))) return { realVideos: 'not beside the checkout' }
  const lines = readFileSync(sharedData('VIDEO_PROBE.csv'), 'utf8').trim().split('\n').slice(1)
  const rows = lines.map((line) => line.split(','))
  const wrong: string[] = []
  const taken = await seconds(() =>
    Promise.all(
      rows.map(async (row) => {
        const record = await media.probe(sharedData(row[0] ?? ''))
        if (record.frames !== Number(row[10])) wrong.push(`${row[0]}: ${record.frames}, not ${row[10]}`)
      }),
    ),
  )
  return { realVideos: rows.length, wrongCounts: wrong, decodeSeconds: rounded(taken) }
}

/**
 * Import of UCF-like clips beside the plain ffmpeg command doing the same work, of ShapeActs-like clips with the memory
 * of the processes, and the picture counts of every real video there is.
 */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const entry = await builtEntry('src/main/media/decoder.entry.ts')
  const media = openMedia(forkEntry(entry))
  try {
    return await inFolder(async (folder) => {
      say('UCF-like clips')
      const ucf = await ucfLike(media, folder)
      say('small clips')
      const small = await shapeActsLike(media, folder)
      say('real videos')
      return { ...ucf, ...small, ...(await realVideos(media)) }
    })
  } finally {
    media.close()
    rmSync(dirname(entry), { recursive: true, force: true })
  }
}
