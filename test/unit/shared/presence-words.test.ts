import { expect, test } from 'vitest'
import { presenceWords } from '@shared/presence-words'

test('a card says how surely its clip shows the attribute', () => {
  expect(presenceWords(0.97)).toBe('in this clip .97')
  expect(presenceWords(0.5)).toBe('in this clip .50')
  expect(presenceWords(0.999)).toBe('in this clip > .99')
})

test('a runner-up that the clip does not show says so', () => {
  expect(presenceWords(0.06)).toBe('not seen here')
})

test('a model without a presence head says nothing', () => {
  expect(presenceWords(null)).toBeNull()
})
