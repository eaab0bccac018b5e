import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { importMedia, probeMedia } from '@main/media/import/import-media'
import { openSource } from '@main/media/sources/sources'
import type { Decoder, Picture } from '@main/media/decode/contract/decoder'
import { readBarcode } from '../support/barcode'
import { barcodeFilm, everyDecoder, temporaryFolder } from '../support/media'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
const why = hasFfmpeg ? '' : ' (skipped: needs ffmpeg on PATH)'
const temporary = temporaryFolder()
const decoders = (await everyDecoder()).filter((decoder) => !decoder.version.includes('PATH'))
afterAll(() => temporary[Symbol.dispose]())

function at(name: string): string {
  return join(temporary.path, name)
}

async function writeFilm(folder: string, names: readonly string[], width = 96, height = 72): Promise<string> {
  mkdirSync(at(folder), { recursive: true })
  const pictures = [...barcodeFilm(names.length, width, height)]
  for (const [i, name] of names.entries())
    await sharp(pictures[i]!.pixels, { raw: { width, height, channels: 3 } }).toFile(join(at(folder), name))
  return at(folder)
}

async function codes(path: string, decoder: Decoder, turn = 0): Promise<number[]> {
  const seen: number[] = []
  for await (const picture of (await openSource(path, decoder)).pictures(null)) seen.push(readBarcode(picture, turn))
  return seen
}

describe.each(decoders)('$version', (decoder) => {
  const mediaFolder = join(temporary.path, `media-${decoder.name}`)

  test('a folder of numbered pictures is a film in the order of its numbers, not of its letters', async () => {
    const folder = await writeFilm(
      `numbers-${decoder.name}`,
      Array.from({ length: 12 }, (_, i) => `img_${i + 1}.png`),
    )
    const { record } = await importMedia(folder, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', codec: 'pictures', frames: 12, width: 96, height: 72, fps: 25 })
    expect(await codes(folder, decoder)).toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  test('missing numbers are named', async () => {
    const folder = await writeFilm(`gaps-${decoder.name}`, ['001.png', '002.png', '005.png', '006.png', '009.png'])
    const { record } = await importMedia(folder, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'damaged', frames: 5 })
    expect(record.reason).toBe(
      'Numbers are missing between the first and the last picture: 3-4, 7-8. The file announces 9. Look at it before you use it.',
    )
  })

  test('a broken picture of a film keeps its number and is named', async () => {
    const folder = await writeFilm(`broken-${decoder.name}`, ['1.png', '2.png', '3.png'])
    writeFileSync(join(folder, '2.png'), 'not a picture')
    const { record } = await importMedia(folder, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'damaged', frames: 3, badFrames: [1] })
    expect((await codes(folder, decoder))[2]).toBe(2)
  })

  test.skipIf(!hasFfmpeg)(`the larger of two videos in a file is taken, and it is said${why}`, async () => {
    const path = at('two.mkv')
    const sources = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x48:d=1:r=10',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=128x96:d=2:r=10',
    ]
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...sources, '-map', '0', '-map', '1', '-c:v', 'libx264', path])
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', frames: 20, width: 128, height: 96 })
    expect(record.streams).toContain('2 videos; stream 1 (128 x 96) was taken')
  })

  test.skipIf(!hasFfmpeg)(`a GIF is a film with its own times${why}`, async () => {
    const path = at('film.gif')
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=64x48:d=1:r=10', path])
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', codec: 'gif', frames: 10, fps: 10, width: 64, height: 48 })
  })

  test.skipIf(!hasFfmpeg)(`music with a cover picture is audio${why}`, async () => {
    const path = at('music.m4a')
    const cover = at('cover.png')
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#345' } })
      .png()
      .toFile(cover)
    const music = [
      '-f',
      'lavfi',
      '-i',
      'sine=d=1',
      '-i',
      cover,
      '-map',
      '0',
      '-map',
      '1',
      '-c:a',
      'aac',
      '-c:v',
      'copy',
    ]
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...music, '-disposition:v:0', 'attached_pic', path])
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'failed', reason: 'This is audio without pictures. Choose a video file.' })
  })

  test.skipIf(!hasFfmpeg)(`a picture size that changes on the way changes nothing in the count${why}`, async () => {
    const path = at('changing.ts')
    const parts = ['64x48', '96x64', '64x48'].map((size, i) => {
      const part = at(`part${i}.ts`)
      const encode = ['-c:v', 'libx264', '-g', '10', '-f', 'mpegts', part]
      execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${size}:d=1:r=10`, ...encode])
      return readFileSync(part)
    })
    writeFileSync(path, Buffer.concat(parts))
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect({ frames: record.frames, proxy: record.proxy !== null }).toEqual({ frames: 30, proxy: true })
  })

  test.skipIf(!hasFfmpeg)(`59.94 pictures a second keep every picture${why}`, async () => {
    const path = at('ntsc60.mp4')
    const encode = ['-frames:v', '90', '-c:v', 'libx264', path]
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=60000/1001', ...encode])
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', frames: 90, fps: 59.94, variable: false, proxy: { fps: 60 } })
  })

  test.skipIf(!hasSharedData)(`a mirrored display matrix is honoured${whenShared}`, async () => {
    const path = at(`mirrored-${decoder.name}.mp4`)
    copyFileSync(sharedData('video-fixtures', 'h264_10bit.mp4'), path)
    mirror(path)
    const { record } = await importMedia(path, { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', mirrored: true, rotateClockwise: 0 })
    const pictures: Picture[] = []
    for await (const picture of (await openSource(path, decoder)).pictures([5])) pictures.push(picture)
    expect(readBarcode(flipped(pictures[0]!), 0)).toBe(5)
  })

  test.skipIf(!hasSharedData)(`optical flow beside the pictures is not taken for pictures${whenShared}`, async () => {
    const { record } = await importMedia(sharedData('videos/frames_mmaction2_imgs'), { mediaFolder, decoder })
    expect(record).toMatchObject({ status: 'ok', frames: 10 })
  })

  test.skipIf(!hasSharedData)(`pictures are refused as pictures${whenShared}`, async () => {
    for (const name of ['ThrowDiscus.png', 'surfing_anno.jpg']) {
      const { record } = await importMedia(sharedData('videos/stills', name), { mediaFolder, decoder })
      expect(record.status).toBe('failed')
      expect(record.reason).toMatch(/^This is a (PNG|JPEG) picture, not a video\./)
    }
  })

  test.skipIf(!hasSharedData)(`looking at a file says the same as importing it${whenShared}`, async () => {
    for (const name of ['h264_rot_cw90.mp4', 'corrupt_bits.avi', 'seq_jpg_truncated.seq', 'text.avi']) {
      const path = sharedData('video-fixtures', name)
      const { record } = await importMedia(path, { mediaFolder, decoder })
      expect(await probeMedia(path, { decoder })).toEqual({ ...record, sha256: '', proxy: null })
    }
  })
})

/** Writes a matrix that flips left to right into the track header. */
function mirror(path: string): void {
  const bytes = readFileSync(path)
  const matrix = bytes.indexOf('tkhd') + 4 + 40
  bytes.writeInt32BE(-(1 << 16), matrix)
  writeFileSync(path, bytes)
}

function flipped({ width, height, pixels }: Picture): Picture {
  const turned = new Uint8Array(pixels.length)
  for (let i = 0; i < width * height; i++) {
    const from = Math.floor(i / width) * width + (width - 1 - (i % width))
    turned.set(pixels.subarray(from * 3, from * 3 + 3), i * 3)
  }
  return { width, height, pixels: turned }
}
