import { expect, test } from 'vitest'
import { sinceWords } from '@shared/measure-words'

test('what is younger than a measurement is said in the number that it is', () => {
  expect(sinceWords(1)).toBe('1 video is new or labelled anew since')
  expect(sinceWords(12)).toBe('12 videos are new or labelled anew since')
})
