import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxWarnings, medianBox } from '@main/runs/box-size'
import { aTap } from '../../../support/a-tap'

const taps = [aTap()]
/** A box of so many cells of 8 px in a clip of 64 px. */
const cells = (x: number, y = x) => ({ width: (x * 8) / 64, height: (y * 8) / 64 })
const said = (box: ReturnType<typeof cells> | null, pooling?: 1 | 2) => boxWarnings({ box, taps, side: 64, pooling })

test('the median is the box of middle area, whatever the order', () => {
  expect(medianBox([])).toBeNull()
  const some = fc.array(fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(some, (sizes) => {
      const area = ({ width, height }: { width: number; height: number }) => width * height
      const middle = area(medianBox(sizes)!)
      expect(sizes.filter((size) => area(size) < middle).length).toBeLessThanOrEqual(sizes.length / 2)
      expect(sizes.filter((size) => area(size) > middle).length).toBeLessThanOrEqual(sizes.length / 2)
    }),
  )
})

test('boxes of at most 3 cells are what a tube can cover: nothing is said', () => {
  expect([said(cells(3)), said(cells(2), 1), said(cells(4.5, 2), 1), said(null, 1)]).toEqual([[], [], [], []])
})

test('larger boxes ask an explanation for pooled features, and a classifier for fewer cells', () => {
  expect(said(cells(5, 4), 1)[0]).toMatch(/5\.0 x 4\.0 cells of the grid, .* 3 x 3 at most: set feature pooling to 2\./)
  expect(said(cells(5, 4))[0]).toMatch(/pool more or use a smaller picture/)
  expect(said(cells(5, 4), 2)).toEqual([])
})

test('pooled features are warned of where boxes are too large even for them, or too small to need them', () => {
  expect(said(cells(7), 2)[0]).toMatch(/explain a classifier that pools more/)
  expect(said(cells(7), 1)).toEqual(said(cells(7), 2))
  expect(said(cells(7))[0]).toMatch(/pool more or use a smaller picture\.$/)
  expect(said(cells(2), 2)[0]).toMatch(/set it to 1/)
})

test('of maps of different resolution the coarser counts', () => {
  const coarse = aTap({ strideX: 16, strideY: 16 })
  expect(boxWarnings({ box: cells(5), taps: [aTap(), coarse], side: 64, pooling: 1 })).toEqual([])
})
