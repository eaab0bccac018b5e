import fc from 'fast-check'
import { expect, test } from 'vitest'
import { random } from '@main/learning/random'
import { movedRegion } from '@main/explanation/moved-region'

const size = { frames: 16, width: 64, height: 48 }

test('the control has the same boxes for as long, inside the picture', () => {
  const step = fc.record({ x: fc.integer({ min: -4, max: 4 }), y: fc.integer({ min: -4, max: 4 }) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), fc.nat(), (steps, seed) => {
      const boxes = steps.map(({ x, y }) => ({ x1: 20 + x, y1: 12 + y, x2: 36 + x, y2: 30 + y }))
      const region = Array.from({ length: size.frames }, (_, t) => boxes[t] ?? null)
      const moved = movedRegion(region, size, random(seed)).filter((box) => box !== null)
      expect(moved).toHaveLength(boxes.length)
      for (const { x1, y1, x2, y2 } of moved) {
        expect([x2 - x1, y2 - y1]).toEqual([16, 18])
        expect(Math.min(x1, y1, size.width - x2, size.height - y2)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

test('the same seed gives the same control', () => {
  const region = Array.from({ length: 16 }, () => ({ x1: 0, y1: 0, x2: 8, y2: 8 }))
  expect(movedRegion(region, size, random(3))).toEqual(movedRegion(region, size, random(3)))
})
