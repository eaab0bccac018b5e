import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type WindowShape,
  coveringWindows,
  lastStart,
  randomWindow,
  sampledFrames,
  stridedWindow,
  uniformWindows,
} from '@main/media/clips/windows'

const shapes: fc.Arbitrary<WindowShape> = fc.record({
  frames: fc.integer({ min: 1, max: 200 }),
  length: fc.integer({ min: 1, max: 32 }),
  stride: fc.integer({ min: 1, max: 8 }),
  short: fc.constantFrom('reflect' as const, 'loop' as const),
})

const shape: WindowShape = { frames: 40, length: 16, stride: 2, short: 'reflect' }

describe('a window', () => {
  test('has its length and stays inside the video, whatever the video', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 0.999, noNaN: true }), (shape, random) => {
        const window = randomWindow(shape, () => random)
        expect(window).toHaveLength(shape.length)
        for (const frame of window) expect(frame >= 0 && frame < shape.frames && Number.isInteger(frame)).toBe(true)
      }),
    )
  })

  test('of a long enough video goes on by its stride and reaches the last picture at the last start', () => {
    expect(lastStart(shape)).toBe(9)
    expect(stridedWindow(shape, 9)).toEqual(Array.from({ length: 16 }, (_, i) => 9 + 2 * i))
  })

  test('of a short video is reflected without repeating its ends, or looped', () => {
    const short = { frames: 4, length: 10, stride: 1 }
    expect(stridedWindow({ ...short, short: 'reflect' }, 0)).toEqual([0, 1, 2, 3, 2, 1, 0, 1, 2, 3])
    expect(stridedWindow({ ...short, short: 'loop' }, 0)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1])
    expect(stridedWindow({ ...short, frames: 1, short: 'reflect' }, 0)).toEqual(Array.from({ length: 10 }, () => 0))
  })

  test('may start anywhere from the first to the last start', () => {
    const starts = [0, 0.5, 0.9999].map((random) => randomWindow(shape, () => random)[0])
    expect(starts).toEqual([0, 5, 9])
  })
})

describe('evenly spaced windows', () => {
  test('go from the first start to the last; a single one stands in the middle', () => {
    expect(uniformWindows(shape, 4).map(([first]) => first)).toEqual([0, 3, 6, 9])
    expect(uniformWindows(shape, 1).map(([first]) => first)).toEqual([5])
  })

  test('rise in equal steps, give or take one, whatever the video', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 2, max: 12 }), (shape, count) => {
        const starts = uniformWindows(shape, count).map(([first]) => first ?? 0)
        const steps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
        expect([starts[0], starts.at(-1)]).toEqual([0, lastStart(shape)])
        expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test('covering windows overlap by half, leave nothing out and end with the video; a short video is one clip', () => {
  const shape = { frames: 21, length: 4, stride: 2, short: 'reflect' } as const
  const sampled = sampledFrames(shape)
  expect(sampled).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
  const windows = coveringWindows(shape)
  expect(windows.map(({ start }) => start)).toEqual([0, 2, 4, 6, 7])
  for (const { start, frames } of windows) expect(frames).toEqual(sampled.slice(start, start + 4))
  const short = { ...shape, frames: 5 }
  expect(coveringWindows(short)).toEqual([{ start: 0, frames: stridedWindow(short, 0) }])
})
