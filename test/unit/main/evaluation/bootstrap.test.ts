import { describe, expect, test } from 'vitest'
import { estimate } from '@main/evaluation/bootstrap'

describe('an estimate', () => {
  test('is the mean of all rows, whatever video they are of, and their number', () => {
    const rows = [1, 1, 0, 1].map((value, i) => ({ video: i < 3 ? 'a' : 'b', value }))
    expect(estimate(rows, 0)).toMatchObject({ value: 0.75, count: 4 })
  })

  test('has an interval that holds the value and is the same for the same seed', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ video: `v${i >> 1}`, value: i % 3 === 0 ? 0 : 1 }))
    const found = estimate(rows, 4)
    expect(found.low!).toBeLessThan(found.value!)
    expect(found.high!).toBeGreaterThan(found.value!)
    expect(estimate(rows, 4)).toEqual(found)
  })

  test('draws whole videos: rows that repeat a video make the interval no narrower', () => {
    const once = Array.from({ length: 30 }, (_, i) => ({ video: `v${i}`, value: i % 2 }))
    const often = once.flatMap((row) => Array.from({ length: 8 }, () => row))
    const width = (rows: typeof once) => estimate(rows, 1).high! - estimate(rows, 1).low!
    expect(width(often)).toBeCloseTo(width(once), 9)
  })

  test('of nothing is no number', () => {
    expect(estimate([], 0)).toEqual({ value: null, count: 0, low: null, high: null })
  })
})
