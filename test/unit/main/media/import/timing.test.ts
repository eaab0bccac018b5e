import { expect, test } from 'vitest'
import { timing } from '@main/media/import/timing'

test('the rate is the mean over the real times, not what the header declares', () => {
  expect(timing([0, 100, 200, 300], 30)).toEqual({ fps: 10, variable: false })
})

test('a rate varies when a distance is far from the mean', () => {
  expect(timing([0, 33, 67, 133, 167], 30)).toMatchObject({ variable: true })
  expect(timing([0, 33, 67, 100, 133], 30)).toMatchObject({ variable: false })
})

test('pictures without a time are stepped over', () => {
  expect(timing([null, 40, 80, null, 160, null], null)).toEqual({ fps: 25, variable: false })
})

test('without two times the declared rate stands, or 30', () => {
  expect(timing([null, 5, null], 12)).toEqual({ fps: 12, variable: false })
  expect(timing([], null)).toEqual({ fps: 30, variable: false })
  expect(timing([7, 7, 7], null)).toEqual({ fps: 30, variable: false })
})
