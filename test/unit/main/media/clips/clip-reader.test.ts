import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toClip, toSource } from '@shared/geometry/affine'
import { type ClipRequest, ClipReader, clipGeometry } from '@main/media/clips/clip-reader'
import type { Decoder, ProxyFile } from '@main/media/decode/contract/decoder'

const sides = fc.integer({ min: 16, max: 2000 })
const targets = fc.record({
  width: fc.integer({ min: 16, max: 224 }),
  height: fc.integer({ min: 16, max: 224 }),
  fit: fc.constantFrom('crop' as const, 'squash' as const),
})

describe('the geometry of a clip', () => {
  test('fills the clip: the cut lies inside the scaled picture', () => {
    fc.assert(
      fc.property(sides, sides, targets, (width, height, target) => {
        const { geometry: g } = clipGeometry({ width, height }, target)
        expect(g.x >= 0 && g.x + g.width <= g.scaledWidth).toBe(true)
        expect(g.y >= 0 && g.y + g.height <= g.scaledHeight).toBe(true)
      }),
    )
  })

  test('leads back into the source picture, and there and back again', () => {
    fc.assert(
      fc.property(sides, sides, targets, (width, height, target) => {
        const { toSource: affine } = clipGeometry({ width, height }, target)
        const whole = { x1: 0, y1: 0, x2: target.width, y2: target.height }
        const seen = toSource(whole, affine)
        expect(seen.x1 >= -1e-6 && seen.x2 <= width + 1e-6).toBe(true)
        expect(seen.y1 >= -1e-6 && seen.y2 <= height + 1e-6).toBe(true)
        const back = toClip(seen, affine)
        for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(back[side]).toBeCloseTo(whole[side], 6)
      }),
    )
  })

  test('by squashing covers the whole source, by cropping its middle', () => {
    const source = { width: 320, height: 240 }
    const whole = { x1: 0, y1: 0, x2: 112, y2: 112 }
    const squash = clipGeometry(source, { width: 112, height: 112, fit: 'squash' })
    expect(toSource(whole, squash.toSource)).toEqual({ x1: 0, y1: 0, x2: 320, y2: 240 })
    const crop = toSource(whole, clipGeometry(source, { width: 112, height: 112, fit: 'crop' }).toSource)
    expect(crop.y2 - crop.y1).toBeCloseTo(240, 6)
    // A whole number of scaled pixels is cut off on the left, so half of one may be missing there.
    expect(Math.abs((crop.x1 + crop.x2) / 2 - 160)).toBeLessThan(1.5)
  })
})

describe('a clip reader', () => {
  function readerOf(mostOpen: number) {
    const opened: string[] = []
    const closed: string[] = []
    const openProxy = async ({ path }: ProxyFile) => {
      opened.push(path)
      return { read: async () => {}, close: () => void closed.push(path) }
    }
    return { reader: new ClipReader({ openProxy } as Partial<Decoder> as Decoder, mostOpen), opened, closed }
  }

  function request(path: string): ClipRequest {
    const size = { width: 8, height: 8 }
    return { video: { path, frames: 4, fps: 8, ...size, source: size }, frames: [0], ...size, fit: 'crop' }
  }

  test('keeps the last videos open and closes the one used longest ago', async () => {
    const { reader, opened, closed } = readerOf(2)
    for (const path of ['a', 'b', 'a', 'c', 'a', 'b']) await reader.read(request(path))
    expect(opened).toEqual(['a', 'b', 'c', 'b'])
    expect(closed).toEqual(['b', 'c'])
    reader.close()
    expect(closed).toEqual(['b', 'c', 'a', 'b'])
  })
})
