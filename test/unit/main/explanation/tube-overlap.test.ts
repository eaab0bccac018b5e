import { expect, test } from 'vitest'
import { tubeOverlap } from '@main/explanation/tube-overlap'

const box = (x: number) => ({ x1: x, y1: 0, x2: x + 8, y2: 8 })

test('two tubes agree as far as they cover the same of what either covers', () => {
  expect(tubeOverlap([box(0), box(0)], [box(0), box(0)])).toBe(1)
  expect(tubeOverlap([box(0), null], [null, box(0)])).toBe(0)
  expect(tubeOverlap([box(0), box(0)], [box(4), null])).toBeCloseTo(32 / (192 - 32))
  expect(tubeOverlap([null], [null])).toBe(0)
})
