import { expect, test } from 'vitest'
import { cellWords, gridWords, sightWords } from '@renderer/views/train/tap-words'
import { aTap } from '../../../../support/a-tap'

const tap = aTap({ rows: 14, cols: 14, receptiveField: { space: 98, time: 19 } })

test('a feature map is told by its grid and the size of its cells', () => {
  expect([gridWords(tap), cellWords(tap)]).toEqual(['grid 14 × 14', '14 × 14 of 8 px'])
})

test('what a cell sees is told beside the whole, and never as more than that', () => {
  expect(sightWords(tap, { size: 112, frames: 16 })).toBe('98 of 112 px, all 16 frames')
  expect(sightWords(tap, { size: 64, frames: 32 })).toBe('all 64 px, 19 of 32 frames')
})
