import { expect, test } from 'vitest'
import { parseOrdinals } from '@shared/ordinals'

test('single frames and spans, both ends included, in any order', () => {
  expect(parseOrdinals('0,5,10-13')).toEqual([0, 5, 10, 11, 12, 13])
  expect(parseOrdinals(' 7, 3 - 4')).toBeNull()
  expect(parseOrdinals('7, 3-4,7')).toEqual([3, 4, 7])
})

test.each(['', 'a', '-1', '5-2', '1.5', '1,,2', '0-99999999'])('"%s" is refused', (text) => {
  expect(parseOrdinals(text)).toBeNull()
})
