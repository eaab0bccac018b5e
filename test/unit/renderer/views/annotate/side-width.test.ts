import { expect, test } from 'vitest'
import { widthForNames } from '@renderer/views/annotate/side-width'

test('short names leave the panel as narrow as it is', () => {
  expect(widthForNames(['pole', 'board flips'], 1440)).toBe(336)
  expect(widthForNames([], 1440)).toBe(336)
})

test('the panel is as wide as the longest name needs for two lines', () => {
  const long = 'the rider lets go of the board with both hands in the air'
  const narrow = widthForNames([long], 2560)
  expect(narrow).toBeGreaterThan(336)
  expect(widthForNames([`${long} and turns`], 2560)).toBeGreaterThan(narrow)
})

test('names never take more than a third of the window', () => {
  expect(widthForNames(['so '.repeat(80)], 1280)).toBe(435)
  expect(widthForNames(['so '.repeat(80)], 800)).toBe(336)
})
