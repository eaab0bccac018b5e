import { expect, test } from 'vitest'
import { followed, type VariantAnswer } from '@main/studies/follows-clip'

/** Class 1 has one thing, which comes as attribute 0 or, red, as attribute 3. */
const answer = (own: 0 | 3, said: number, above = said === own): VariantAnswer => ({
  ...{
    pos: 1,
    neg: 0,
    own,
    other: own === 0 ? 3 : 0,
    said,
    above,
    aboveByMax: above,
    hit: Number(said === own),
    iou: 0.5,
  },
})
const reference = [0, 0, 3].map((attribute) => ({ label: 1, assigned: [attribute] }))

test('an answer that always names the more frequent variant follows the clip no more than the prior', () => {
  const found = followed([answer(0, 0), answer(0, 0), answer(3, 0)], reference)
  expect(found).toMatchObject({ questions: 3, thing: 1, changesWithClip: 0 })
  expect(found.follows).toBeCloseTo(2 / 3)
  expect(found.otherVariant).toBeCloseTo(1 / 3)
  expect(found.prior).toBeCloseTo(2 / 3)
  expect(found.followsRarer).toBe(0)
})

test('answers to clips of the rarer variant are counted apart too', () => {
  expect(followed([answer(0, 3), answer(3, 3), answer(3, 0)], reference).followsRarer).toBe(0.5)
  expect(followed([answer(0, 0)], reference).followsRarer).toBeNaN()
})

test('an answer that names what each clip shows changes with the clip', () => {
  expect(followed([answer(0, 0), answer(3, 3)], reference)).toMatchObject({
    ...{ follows: 1, followsGivenThing: 1, otherVariant: 0, changesWithClip: 1, ownAboveOther: 1 },
  })
})

test('an answer that names something else is neither variant, and leaves the share among the named alone', () => {
  const found = followed([answer(0, 0), answer(3, 5)], reference)
  expect(found).toMatchObject({ thing: 0.5, follows: 0.5, otherVariant: 0, followsGivenThing: 1, changesWithClip: 0 })
})

test('clips of different questions are not compared with each other', () => {
  const elsewhere = { ...answer(3, 3), pos: 3, neg: 2 }
  expect(followed([answer(0, 0), elsewhere], reference).changesWithClip).toBeNaN()
})
