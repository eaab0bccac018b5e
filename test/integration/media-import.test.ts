import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportResult } from '@shared/media'
import type { Progress } from '@shared/progress'
import type { ClipToEncode } from '@main/media/media-calls'
import { MediaPool } from '@main/media/media-pool'
import { type ImportAllOptions, MediaService } from '@main/media/media-service'
import { type StartProcess, forkEntry } from '@main/process/process-channel'
import { readMp4Index } from '@main/media/decode/contract/mp4-boxes'
import { readBarcode } from '../support/barcode'
import { builtEntry } from '../support/built-entry'
import { barcodeFilm, temporaryFolder } from '../support/media'

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

function folder(name: string): string {
  const path = join(temporary.path, name)
  mkdirSync(path, { recursive: true })
  return path
}

function clip(file: string, frames: number, seed: number): ClipToEncode {
  const pixels = Buffer.concat([...barcodeFilm(frames, 64, 64)].map((picture) => picture.pixels))
  pixels[pixels.length - 1] = seed % 256
  pixels[pixels.length - 2] = seed >> 8
  return { file, width: 64, height: 64, fps: 8, lossless: true, pixels }
}

async function makeClips(where: string, count: number, frames = 16): Promise<string[]> {
  const files = Array.from({ length: count }, (_, i) => join(where, `clip${i}.mkv`))
  await media.encodeClips(files.map((file, i) => clip(file, frames, i)))
  return files
}

async function importAll(paths: string[], options: ImportAllOptions): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  for await (const result of media.importAll(paths, options)) results.push(result)
  return results
}

test('a hundred small clips come in, each with proxy, poster, strip and record, and progress ends at all of them', async () => {
  const mediaFolder = folder('hundred-media')
  const files = await makeClips(folder('hundred'), 100)
  const heard: Progress[] = []
  const results = await importAll(files, { mediaFolder, onProgress: (progress) => heard.push(progress) })
  expect(results.map(({ path }) => path).sort()).toEqual([...files].sort())
  expect(new Set(results.map(({ record }) => `${record.status} ${record.frames} ${record.fps}`))).toEqual(
    new Set(['ok 16 8']),
  )
  expect(readdirSync(mediaFolder)).toHaveLength(400)
  expect(heard.at(-1)).toMatchObject({ done: 100, total: 100 })
})

test('the proxy is what the player relies on: fine time scale, upright, one picture per ordinal', async () => {
  const mediaFolder = folder('format-media')
  const [file] = await makeClips(folder('format'), 1, 30)
  const [result] = await importAll([file!], { mediaFolder })
  const { record } = result!
  const proxy = join(mediaFolder, record.proxy!.file)
  expect(readMp4Index(proxy)).toEqual({ samples: 30, matrices: [[65536, 0, 0, 65536]], whole: true, missingBytes: 0 })
  const bytes = readFileSync(proxy)
  const header = bytes.indexOf('mdhd')
  expect(bytes.readUInt32BE(header + 16), 'ticks per second').toBe(8 * 1000)
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
})

test('the same content twice is one proxy', async () => {
  const source = folder('twice')
  const mediaFolder = folder('twice-media')
  const [file] = await makeClips(source, 1)
  const copy = join(source, 'the same under another name.mkv')
  copyFileSync(file!, copy)
  const [first] = await importAll([file!], { mediaFolder })
  const [second] = await importAll([copy], { mediaFolder })
  expect([first!.known, second!.known]).toEqual([false, true])
  expect(second!.record).toEqual(first!.record)
  expect(readdirSync(mediaFolder).filter((name) => name.endsWith('.mp4'))).toHaveLength(1)
})

test('a proxy that is not whole any more is made again', async () => {
  const mediaFolder = folder('cut-media')
  const [file] = await makeClips(folder('cut'), 1)
  const [before] = await importAll([file!], { mediaFolder })
  const proxy = join(mediaFolder, before!.record.proxy!.file)
  const whole = readFileSync(proxy)
  truncateSync(proxy, 44)
  const [after] = await importAll([file!], { mediaFolder })
  expect(after!.known).toBe(false)
  expect(readFileSync(proxy).equals(whole)).toBe(true)
})

test('a stopped import leaves nothing that looks finished and goes on where it was', async () => {
  const mediaFolder = folder('stop-media')
  const files = await makeClips(folder('stop'), 40)
  const stop = new AbortController()
  const seen: ImportResult[] = []
  const stopped = async () => {
    for await (const result of media.importAll(files, { mediaFolder, signal: stop.signal })) {
      seen.push(result)
      if (seen.length === 10) stop.abort()
    }
  }
  await expect(stopped()).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(seen.length).toBeLessThan(40)
  const results = await importAll(files, { mediaFolder })
  expect(results.filter(({ known }) => known).length).toBeGreaterThanOrEqual(seen.length)
  expect(results.every(({ record }) => record.status === 'ok')).toBe(true)
  expect(readdirSync(mediaFolder).filter((name) => name.includes('tmp'))).toEqual([])
})

test('a killed decoder leaves an unfinished proxy only under a name that is swept away', async () => {
  const mediaFolder = folder('killed-media')
  const [long] = await makeClips(folder('killed'), 1, 3000)
  const pids: number[] = []
  const own = new MediaService(new MediaPool(remembering(forkEntry(entry), pids), 1))
  const killAtFirstPicture = ({ done }: Progress) => {
    if (done > 0 && done < 1 && pids[0]) process.kill(pids[0], 'SIGKILL')
  }
  const { record } = await own.import(long!, { mediaFolder, onProgress: killAtFirstPicture })
  expect(record).toMatchObject({ status: 'failed', proxy: null })
  expect(record.reason).toContain('did not survive')
  expect(readdirSync(mediaFolder).filter((name) => !name.startsWith('.'))).toEqual([])
  const { record: again } = await own.import(long!, { mediaFolder })
  expect(again).toMatchObject({ status: 'ok', frames: 3000 })
  expect(readdirSync(mediaFolder)).toHaveLength(4)
  own.close()
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

/** Remembers the pid of each started process. */
function remembering(start: StartProcess, pids: number[]): StartProcess {
  return () => {
    const channel = start()
    if (channel.pid !== undefined) pids.push(channel.pid)
    return channel
  }
}

test.each([
  ['a named pipe', (path: string) => execFileSync('mkfifo', [path]), 'not a plain file'],
  ['an empty file', (path: string) => writeFileSync(path, ''), 'empty'],
  ['a text', (path: string) => writeFileSync(path, 'not a video\n'), 'not a video file'],
  [
    'a playlist that points to other files',
    (path: string) => writeFileSync(path, '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'),
    'not a video file',
  ],
  ['nothing', () => {}, 'no such file'],
  ['an empty folder', (path: string) => mkdirSync(path), 'no numbered pictures'],
  ['a link to nowhere', (path: string) => symlinkSync('/nowhere/at/all.mp4', path), 'no such file'],
])('%s is refused in words', async (_, make, words) => {
  const path = join(folder('refused'), `${words.replaceAll(' ', '-')}.mp4`)
  rmSync(path, { recursive: true, force: true })
  make(path)
  const mediaFolder = folder('refused-media')
  for (const decoder of ['node-av', 'ffmpeg'] as const) {
    const { record } = await media.import(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'failed', frames: 0, proxy: null })
    expect(record.reason!.toLowerCase()).toContain(words)
  }
  expect(readdirSync(mediaFolder)).toEqual([])
})

test('a picture of an original comes at source resolution, the second time without decoding', async () => {
  const [file] = await makeClips(folder('picture'), 1, 30)
  const first = await media.pictures(file!, [7, 3])
  expect(first.map(({ ordinal, width, height }) => [ordinal, width, height])).toEqual([
    [3, 64, 64],
    [7, 64, 64],
  ])
  for (const { ordinal, bytes } of first) {
    const pixels = await sharp(bytes).raw().toBuffer()
    expect(readBarcode({ width: 64, height: 64, pixels }, 0)).toBe(ordinal)
  }
  expect((await media.pictures(file!, [3]))[0]).toBe(first[0])
  writeFileSync(file!, 'another file now')
  await expect(media.pictures(file!, [3])).rejects.toMatchObject({ code: 'VIDEO_UNREADABLE' })
})

test('memory of the host stays flat over many files', async () => {
  const mediaFolder = folder('flat-media')
  const files = await makeClips(folder('flat'), 60, 4)
  const used: number[] = []
  for (let round = 0; round < 8; round++) {
    await importAll(files, { mediaFolder })
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    used.push(heapUsed + external)
  }
  expect(used.at(-1)! - used[1]!).toBeLessThan(2 << 20)
})
