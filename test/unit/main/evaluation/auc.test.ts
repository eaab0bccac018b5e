import { expect, test } from 'vitest'
import { areaUnderCurve } from '@main/evaluation/auc'

test('counts how often a positive is above a negative, ties a half', () => {
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(1)
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(0)
  expect(areaUnderCurve([1, 1], [1])).toBe(0.5)
  expect(areaUnderCurve([2, 5], [1, 3])).toBe(0.75)
})

test('needs both kinds', () => {
  expect(areaUnderCurve([], [1])).toBeNull()
})
