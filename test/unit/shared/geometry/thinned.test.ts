import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAt } from '@shared/geometry/track'
import { thinned } from '@shared/geometry/thinned'

const boxAtX = (frame: number, x: number) => ({ frame, box: { x1: x, y1: 0, x2: x + 10, y2: 10 } })

test('a straight way keeps its ends alone, a corner stays', () => {
  const straight = Array.from({ length: 20 }, (_, i) => boxAtX(i, 3 * i))
  expect(thinned(straight, 0.5).map(({ frame }) => frame)).toEqual([0, 19])
  const bent = Array.from({ length: 21 }, (_, i) => boxAtX(i, i < 10 ? i : 20 - i))
  expect(thinned(bent, 0.5).map(({ frame }) => frame)).toEqual([0, 10, 20])
  expect(thinned([], 1)).toEqual([])
})

test('no box that is left out is further than allowed from where interpolation puts it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }), (places) => {
      const boxes = places.map((x, frame) => boxAtX(frame, x))
      const kept = thinned(boxes, 2).map((one) => ({ ...one, outside: false, occluded: false }))
      for (const { frame, box } of boxes)
        expect(Math.abs((boxAt(kept, frame)?.x1 ?? NaN) - box.x1)).toBeLessThanOrEqual(2 + 1e-9)
    }),
  )
})
