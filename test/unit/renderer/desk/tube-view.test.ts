import { expect, test } from 'vitest'
import * as view from '@renderer/desk/tube-view'

const box = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })
const sampled = [4, 8, 12, 16]
const tube = [
  { frame: 8, box: box(8) },
  { frame: 12, box: box(12) },
]

test('a frame between two sampled ones shows the nearest, the earlier of two', () => {
  expect(view.tubeBoxAt(tube, sampled, 9)).toEqual(box(8))
  expect(view.tubeBoxAt(tube, sampled, 10)).toEqual(box(8))
  expect(view.tubeBoxAt(tube, sampled, 11)).toEqual(box(12))
})

test('where the tube is not, there is no box; nor outside the clip', () => {
  expect(view.tubeBoxAt(tube, sampled, 4)).toBeNull()
  expect(view.tubeBoxAt(tube, sampled, 3)).toBeNull()
  expect(view.tubeBoxAt(tube, sampled, 17)).toBeNull()
  expect(view.nearestSampled([], 0)).toBeNull()
})

test('frames that a short video repeats are found all the same', () => {
  expect(view.nearestSampled([0, 1, 2, 1, 0], 2)).toBe(2)
  expect(view.stripFrames([0, 1, 2, 1, 0], 6)).toEqual([0, 1, 2])
})

test('a strip has the first and the last frame', () => {
  expect(view.stripFrames([...Array(16).keys()], 6)).toEqual([0, 3, 6, 9, 12, 15])
})

test('the span of a tube is from its first to its last frame, whatever their order', () => {
  expect(view.tubeSpan([...tube].reverse())).toEqual({ from: 8, to: 12 })
  expect(view.tubeSpan([])).toBeNull()
})

test('the overlap here is that of the best of people’s boxes, and none without one', () => {
  expect(view.overlapAt(box(0), [box(5), box(100)])).toBeCloseTo(1 / 3)
  expect(view.overlapAt(box(0), [])).toBeNull()
  expect(view.overlapAt(null, [box(0)])).toBeNull()
})

test('a score against A points to the left of zero', () => {
  expect(view.scoreBar(4, 4)).toEqual({ from: 0.25, to: 1 })
  expect(view.scoreBar(0, 4)).toEqual({ from: 0.25, to: 0.25 })
  const against = view.scoreBar(-1, 4)
  expect(against.to).toBe(0.25)
  expect(against.from).toBeLessThan(0.25)
  expect(view.scoreBar(-9, 0)).toEqual({ from: 0.25, to: 0.25 })
})

test('the level of evidence stands on the bar where a score of its size would end', () => {
  expect(view.scorePlace(2, 4)).toBe(view.scoreBar(2, 4).to)
  expect(view.scorePlace(8, 4)).toBe(1)
})

test('shares are written as the field writes them', () => {
  expect([0.457, 1, 0, -0.2, null].map(view.share)).toEqual(['.46', '1.00', '.00', '−.20', '–'])
})
