import { expect, test } from 'vitest'
import { seedsOf } from '../../../scripts/script-options.mjs'

test('seeds are given with commas, or from one to another', () => {
  expect(seedsOf('3')).toEqual([3])
  expect(seedsOf('0, 1,7')).toEqual([0, 1, 7])
  expect(seedsOf('0..4')).toEqual([0, 1, 2, 3, 4])
})

test('what is no list of whole numbers is none', () => {
  for (const text of ['', '1,', '-1', '1.5', 'a', '4..2', '0..']) expect(seedsOf(text), text).toBeNull()
})
