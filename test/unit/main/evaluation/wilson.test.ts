import { expect, test } from 'vitest'
import { wilson } from '@main/evaluation/wilson'

test("Wilson's interval of 8 of 10 is the textbook's", () => {
  const { low, high } = wilson(0.8, 10)
  expect(low).toBeCloseTo(0.4902, 4)
  expect(high).toBeCloseTo(0.9433, 4)
})

test('no case among many leaves an upper end that shrinks with their number, and none asked says nothing', () => {
  expect(wilson(0, 20).low).toBe(0)
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4)
  expect(wilson(0, 200).high).toBeLessThan(0.02)
  expect(wilson(1, 20).high).toBe(1)
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
})
