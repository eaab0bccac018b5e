import { expect, test } from 'vitest'
import { turkTime } from '@main/interchange/turk/turk-time'

test('the abbreviation decides, on both sides of the end of summer time', () => {
  expect(turkTime('Sun Nov 01 01:30:00 PDT 2020')).toBe(Date.UTC(2020, 10, 1, 8, 30))
  expect(turkTime('Sun Nov 01 01:30:00 PST 2020')).toBe(Date.UTC(2020, 10, 1, 9, 30))
  expect(turkTime('Thu Oct 09 07:30:20 UTC 2025')).toBe(Date.UTC(2025, 9, 9, 7, 30, 20))
  expect(turkTime('Mon Jan  5 00:00:00 +0530 2026')).toBe(Date.UTC(2026, 0, 4, 18, 30))
})

test('ISO 8601 is read where it says its zone', () => {
  expect(turkTime('2025-10-09T07:30:20Z')).toBe(Date.UTC(2025, 9, 9, 7, 30, 20))
  expect(turkTime('2025-10-09 07:30:20+02:00')).toBe(Date.UTC(2025, 9, 9, 5, 30, 20))
  expect(turkTime('2025-10-09T07:30:20')).toBeNull()
})

test('a zone nobody knows, another word or nothing is no time', () => {
  expect(turkTime('Thu Oct 09 07:30:20 XYZ 2025')).toBeNull()
  expect(turkTime('Thu Foo 09 07:30:20 UTC 2025')).toBeNull()
  expect(turkTime('')).toBeNull()
})
