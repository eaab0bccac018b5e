import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pulledSpan } from '@renderer/canvas/timeline/span-row'

const span = { from: 10, to: 20 }

test('an end follows the pointer up to the other one and to the end of the video', () => {
  const pull = (grip: 'from' | 'to', held: number, at: number) => pulledSpan(span, { grip, held, at }, 40)
  expect(pull('from', 10, 4)).toEqual({ from: 4, to: 20 })
  expect(pull('from', 10, 30)).toEqual({ from: 20, to: 20 })
  expect(pull('to', 20, 39)).toEqual({ from: 10, to: 39 })
  expect(pull('to', 20, 2)).toEqual({ from: 10, to: 10 })
  // It was taken hold of a frame beside its end, and stays a frame beside the pointer.
  expect(pull('to', 21, 25)).toEqual({ from: 10, to: 24 })
})

test('a span that is moved as a whole keeps its length and stays in the video', () => {
  fc.assert(
    fc.property(fc.nat(39), fc.nat(39), fc.nat(39), fc.integer({ min: 0, max: 39 }), (from, length, held, at) => {
      const to = Math.min(39, from + length)
      const moved = pulledSpan({ from, to }, { grip: 'whole', held, at }, 40)
      expect(moved.to - moved.from).toBe(to - from)
      expect(moved.from).toBeGreaterThanOrEqual(0)
      expect(moved.to).toBeLessThan(40)
    }),
  )
})
