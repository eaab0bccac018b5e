import { expect, test } from 'vitest'
import { intervalWords, shareWords, spreadWords } from '@main/studies/figures/number-words'

test('a share has two places, no zero before the point, and no sign where nothing is left of it', () => {
  expect([0.457, 1, -0.034, -0.0046, 0].map(shareWords)).toEqual(['.46', '1.00', '-.03', '.00', '.00'])
  expect(shareWords(null)).toBe('–')
})

test('over seeds it says its ends where they differ, and over clips its interval', () => {
  expect(spreadWords({ mean: 0.5, low: 0.41, high: 0.6, seeds: 3 })).toBe('.50 (.41-.60)')
  expect(spreadWords({ mean: 1, low: 1, high: 1, seeds: 3 })).toBe('1.00')
  expect(spreadWords({ mean: NaN, low: NaN, high: NaN, seeds: 1 })).toBe('–')
  expect(intervalWords({ value: 0.57, interval: [0.467, 0.674], clips: 86 })).toBe('.57 (.47-.67; 86 clips)')
  expect(intervalWords(undefined)).toBe('–')
})
