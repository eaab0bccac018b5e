import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Decoder } from '../../src/main/media/decoder'
import { FfmpegDecoder } from '../../src/main/media/ffmpeg/ffmpeg-decoder'
import { findFfmpeg } from '../../src/main/media/ffmpeg/ffmpeg-program'
import { importMedia } from '../../src/main/media/import-media'
import { NodeAvDecoder } from '../../src/main/media/node-av/node-av-decoder'
import { openSource } from '../../src/main/media/sources'
import { readBarcode } from '../support/barcode'
import { hasSharedData, sharedData, whenShared } from '../support/shared-data'

interface Expected {
  frames: number
  indices: '0..n-1' | number[]
  rotateClockwise: number
}

const expected: Record<string, Expected> = hasSharedData
  ? JSON.parse(readFileSync(sharedData('video-fixtures/expected.json'), 'utf8'))
  : {}
const program = await findFfmpeg()
const old = await findFfmpeg({ PATH: '' })
const decoders: Decoder[] = [new NodeAvDecoder(), ...[program, old].flatMap((p) => (p ? [new FfmpegDecoder(p)] : []))]
const folder = mkdtempSync(join(tmpdir(), 'whynot-media-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasSharedData).each(decoders)(`$version on the fixtures${whenShared}`, (decoder) => {
  test.each(Object.entries(expected))(
    '%s has its pictures, in order and upright',
    async (name, { frames, indices, rotateClockwise }) => {
      const path = sharedData('video-fixtures', name)
      const { record } = await importMedia(path, { mediaFolder: join(folder, decoder.version), decoder })
      expect({ frames: record.frames, turn: record.rotateClockwise }).toEqual({ frames, turn: rotateClockwise })
      console.log(
        name,
        record.status,
        record.reason,
        record.fps,
        record.variable,
        record.editList,
        record.badFrames.length,
        record.detail,
      )
      if (!record.proxy) return expect(record.reason).not.toBeNull()
      const wanted = indices === '0..n-1' ? Array.from({ length: frames }, (_, i) => i) : indices
      const source = await openSource(path, decoder)
      const seen: number[] = []
      for await (const picture of source.pictures(null)) seen.push(readBarcode(picture, rotateClockwise))
      expect(seen, 'barcodes of the original').toEqual(wanted)
      const { width, height } = record.proxy
      const proxy = await decoder.openProxy({
        path: join(folder, decoder.version, record.proxy.file),
        frames,
        ...record.proxy,
      })
      const pixels = new Uint8Array(frames * width * height * 3)
      await proxy.read(
        wanted.map((_, i) => i),
        { scaledWidth: width, scaledHeight: height, x: 0, y: 0, width, height },
        pixels,
      )
      proxy.close()
      const size = width * height * 3
      const copied = wanted.map((_, i) =>
        readBarcode({ width, height, pixels: pixels.subarray(i * size, (i + 1) * size) }, rotateClockwise),
      )
      expect(copied, 'barcodes of the proxy').toEqual(wanted)
    },
  )
})
