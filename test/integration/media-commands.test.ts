import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { framesCommand } from '@main/hosts/terminal/commands/frames'
import { probeCommand } from '@main/hosts/terminal/commands/probe'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { NodeAvDecoder } from '@main/media/decode/node-av/node-av-decoder'
import { encodeClip } from '@main/media/files/encode-clip'
import { openMedia } from '@main/media/open-media'
import { forkEntry } from '@main/process/process-channel'
import { readBarcode } from '../support/barcode'
import { builtEntry } from '../support/built-entry'
import { barcodeFilm, temporaryFolder } from '../support/media'

const temporary = temporaryFolder()
let entry = ''

beforeAll(async () => {
  entry = await builtEntry('src/main/media/decoder.entry.ts')
  const film = [...barcodeFilm(30, 96, 72)].map(({ pixels }) => pixels)
  const file = join(temporary.path, 'film.mkv')
  await encodeClip(new NodeAvDecoder(), film, { file, width: 96, height: 72, fps: 10, lossless: true })
})
afterAll(() => {
  temporary[Symbol.dispose]()
  rmSync(dirname(entry), { recursive: true, force: true })
})

class Listener implements Terminal {
  readonly said: string[] = []
  readonly values: unknown[] = []
  readonly interrupted = new AbortController().signal
  readonly cwd = temporary.path
  readonly env = {}
  say(line: string) {
    this.said.push(line)
  }
  json(value: unknown) {
    this.values.push(value)
  }
  fail(error: unknown) {
    throw error
  }
  bar() {}
  exitCode() {}
}

function media() {
  return openMedia(forkEntry(entry), 1)
}

test.each(['node-av', 'ffmpeg'])('probe by %s says what is in a file', async (decoder) => {
  const terminal = new Listener()
  const command = probeCommand(terminal, media)
  await command.parseAsync(['film.mkv', '--decoder', decoder, '--json'], { from: 'user' })
  const known = { status: 'ok', reason: null, frames: 30, rotateClockwise: 0, width: 96, height: 72, fps: 10 }
  expect(terminal.values).toEqual([expect.objectContaining({ ...known, codec: 'ffv1', decoder })])
  expect(terminal.said).toEqual([])
})

test('probe says to people why a file is no video', async () => {
  const terminal = new Listener()
  await probeCommand(terminal, media).parseAsync(['nowhere.mp4'], { from: 'user' })
  expect(terminal.said).toEqual(['failed  There is no such file.'])
})

test('frames writes the pictures asked for, named by ordinal', async () => {
  const terminal = new Listener()
  await framesCommand(terminal, media).parseAsync(['film.mkv', '--frames', '12,0,5-6', '--out', 'some'], {
    from: 'user',
  })
  const names = readdirSync(join(temporary.path, 'some'))
  expect(names).toEqual(['000000.png', '000005.png', '000006.png', '000012.png'])
  for (const name of names) {
    const { data, info } = await sharp(join(temporary.path, 'some', name))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(readBarcode({ width: info.width, height: info.height, pixels: data }, 0)).toBe(Number.parseInt(name, 10))
  }
})

test('frames writes all of them when none are named', async () => {
  const terminal = new Listener()
  await framesCommand(terminal, media).parseAsync(['film.mkv', '--out', 'all', '--json'], { from: 'user' })
  expect(readdirSync(join(temporary.path, 'all'))).toHaveLength(30)
  expect(terminal.values).toEqual([expect.objectContaining({ out: join(temporary.path, 'all') })])
})

test.each([
  [['film.mkv', '--frames', '30', '--out', 'x'], 'FRAME_NOT_THERE', { frame: 30, frames: 30 }],
  [['film.mkv', '--frames', '5-2', '--out', 'x'], 'BAD_SETTING', { setting: '--frames' }],
  [['film.mkv', '--frames', 'first', '--out', 'x'], 'BAD_SETTING', { setting: '--frames' }],
  [['nowhere.mp4', '--out', 'x'], 'VIDEO_UNREADABLE', { reason: 'There is no such file.' }],
])('frames %j fails with %s', async (words, code, data) => {
  const running = framesCommand(new Listener(), media).parseAsync(words, { from: 'user' })
  await expect(running).rejects.toMatchObject({ code, data })
})
