import { expect, test } from 'vitest'
import * as view from '@renderer/desk/tube-view'

const box = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })

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
