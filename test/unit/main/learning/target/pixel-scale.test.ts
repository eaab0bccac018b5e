import { expect, test } from 'vitest'
import { normalisePixels, PixelScaleMeter } from '@main/learning/target/pixel-scale'

test('after scaling, the pixels it was measured on have mean 0 and deviation 1 in every channel', () => {
  const pixels = Uint8Array.from(
    { length: 3000 },
    (_, i) => [(i * 7) % 256, 40 + (i % 90), 255 - ((i * 3) % 200)][i % 3]!,
  )
  const meter = new PixelScaleMeter()
  meter.add(pixels.subarray(0, 1200))
  meter.add(pixels.subarray(1200))
  const values = normalisePixels(pixels, meter.scale())
  for (const c of [0, 1, 2]) {
    const channel = [...values].filter((_, i) => i % 3 === c)
    const mean = channel.reduce((a, b) => a + b, 0) / channel.length
    expect(mean).toBeCloseTo(0, 4)
    expect(channel.reduce((sum, v) => sum + v * v, 0) / channel.length).toBeCloseTo(1, 3)
  }
})

test('a data set of a single colour, and an empty one, still give finite input', () => {
  const meter = new PixelScaleMeter()
  expect(normalisePixels(Uint8Array.of(0, 255, 9), meter.scale()).every(Number.isFinite)).toBe(true)
  meter.add(Uint8Array.of(5, 5, 5, 5, 5, 5))
  expect(normalisePixels(Uint8Array.of(5, 5, 5), meter.scale()).every((value) => Math.abs(value) < 1e-3)).toBe(true)
})
