import { expect, test } from 'vitest'
import { nearestSampled, stripFrames, tubeBoxAt, tubeSpan } from '@shared/geometry/tube-at'

const box = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })
const sampled = [4, 8, 12, 16]
const tube = [
  { frame: 8, box: box(8) },
  { frame: 12, box: box(12) },
]

test('a frame between two sampled ones shows the nearest, the earlier of two', () => {
  expect(tubeBoxAt(tube, sampled, 9)).toEqual(box(8))
  expect(tubeBoxAt(tube, sampled, 10)).toEqual(box(8))
  expect(tubeBoxAt(tube, sampled, 11)).toEqual(box(12))
})

test('where the tube is not, there is no box; nor outside the clip', () => {
  expect(tubeBoxAt(tube, sampled, 4)).toBeNull()
  expect(tubeBoxAt(tube, sampled, 3)).toBeNull()
  expect(tubeBoxAt(tube, sampled, 17)).toBeNull()
  expect(nearestSampled([], 0)).toBeNull()
})

test('frames that a short video repeats are found all the same', () => {
  expect(nearestSampled([0, 1, 2, 1, 0], 2)).toBe(2)
  expect(stripFrames([0, 1, 2, 1, 0], 6)).toEqual([0, 1, 2])
})

test('a strip has the first and the last frame', () => {
  expect(stripFrames([...Array(16).keys()], 6)).toEqual([0, 3, 6, 9, 12, 15])
})

test('the span of a tube is from its first to its last frame, whatever their order', () => {
  expect(tubeSpan([...tube].reverse())).toEqual({ from: 8, to: 12 })
  expect(tubeSpan([])).toBeNull()
})
