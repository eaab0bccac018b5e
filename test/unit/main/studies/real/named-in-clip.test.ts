import { expect, test } from 'vitest'
import type { ClipAnswer, ShownWord } from '@main/studies/real/clip-answer'
import { namedInClip, presenceOfVarying } from '@main/studies/real/named-in-clip'

const word = (attribute: string, more: Partial<ShownWord> = {}): ShownWord => ({
  ...{ attribute, presence: 0.5, shown: true, prior: 0.5 },
  ...more,
})
const answer = (said: string, words: ShownWord[], more: Partial<ClipAnswer> = {}): ClipAnswer => ({
  ...{ pos: 'cobra', said, supported: true, words },
  ...more,
})

test('an answer counts as named in this clip when people say that the clip shows it, beside how many of its class do', () => {
  const found = namedInClip([
    answer('left', [word('left', { shown: true, prior: 0.4 }), word('right', { shown: false })]),
    answer('left', [word('left', { shown: false, prior: 0.4 })]),
    answer('floor', [word('floor', { shown: true, prior: 1 })], { supported: false }),
  ])
  expect(found).toMatchObject({ clips: 3, answers: 3, named: 2 / 3, namedByClass: 0.6, wordsSaid: 2 })
  expect(found).toMatchObject({ varyingAnswers: 2, namedVarying: 0.5, namedVaryingByClass: 0.4 })
  expect(found.evidence).toBeCloseTo(2 / 3)
})

test('where people were unsure the answer is not counted, and nothing asked is no share', () => {
  const found = namedInClip([answer('shirt', [word('shirt', { shown: null })])])
  expect(found).toMatchObject({ clips: 1, answers: 0, varyingAnswers: 0 })
  expect(found.named).toBeNaN()
})

test('presence that follows the clip has an area of 1 within the class, where knowing the class has one half', () => {
  const clip = (presence: number, shown: boolean) => answer('left', [word('left', { presence, shown, prior: 0.6 })])
  const found = presenceOfVarying([clip(0.9, true), clip(0.8, true), clip(0.3, false), clip(0.1, false)])
  expect(found).toMatchObject({ questions: 4, right: 1, rightByClass: 0.5, aucWithinClass: 1, classesAndWords: 1 })
})

test('clips of different classes are not compared with each other, and what does not vary is not asked', () => {
  const one = answer('left', [word('left', { presence: 0.1, shown: true }), word('floor', { prior: 1 })])
  const other = answer('left', [word('left', { presence: 0.9, shown: false })], { pos: 'corpse' })
  const found = presenceOfVarying([one, other])
  expect(found).toMatchObject({ questions: 2, right: 0, classesAndWords: 0 })
  expect(found.aucWithinClass).toBeNaN()
})
