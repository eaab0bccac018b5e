import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameAtPlace, placeOf, ticksOf } from '@renderer/canvas/timeline/timeline-scale'

test('every frame is found again at its place, the first and the last at the ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(), (frames, n) => {
      const frame = n % frames
      expect(frameAtPlace(placeOf(frame, frames), frames)).toBe(frame)
    }),
  )
  expect(placeOf(0, 141)).toBe(0)
  expect(placeOf(140, 141)).toBe(1)
})

test('places outside the lane mean its ends', () => {
  expect(frameAtPlace(-3, 100)).toBe(0)
  expect(frameAtPlace(1.2, 100)).toBe(99)
})

test('ticks stand at round numbers with room between them', () => {
  expect(ticksOf(141, 840)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140])
  expect(ticksOf(141, 300)).toEqual([0, 50, 100])
  expect(ticksOf(1, 300)).toEqual([0])
})

test('no video is too long for ticks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 100, max: 3000 }), (frames, width) => {
      const ticks = ticksOf(frames, width)
      expect(ticks.length).toBeGreaterThan(0)
      expect(ticks.length).toBeLessThanOrEqual(Math.ceil(width / 56) + 1)
      expect(ticks.at(-1)).toBeLessThan(frames)
    }),
  )
})
