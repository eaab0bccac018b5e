import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { lacking, reductions } from '@main/studies/class-sets'
import { type TwoApart, twoApart } from '@main/studies/two-apart'
import { runT0, type T0Run } from '@main/studies/t0/proof'

let run: T0Run
let found: TwoApart

beforeAll(async () => {
  await openEngine()
  run = await runT0({ seed: 0, train: 160, test: 32, settings: { steps: 60 } })
  found = await twoApart(run.input, { removable: 4 })
})
afterAll(() => run.target.dispose())

test('classes are bit sets: what A has and B lacks, and A without two things', () => {
  expect(lacking({ removable: 4 }, 0b1011, 0b0010)).toEqual([0, 3])
  expect(reductions({ removable: 4 }, 0b1011, 2)).toEqual([0b0001, 0b0010, 0b1000])
  expect(reductions({ removable: 4 }, 0b0001, 2)).toEqual([])
})

test('every clip is asked about each class that lacks exactly two of its things', () => {
  // Two clips of each of 16 classes: 6 classes of two things (1 pair), 4 of three (3 pairs), 1 of four (6 pairs).
  expect(found.pairs).toBe(2 * (6 * 1 + 4 * 3 + 1 * 6))
})

test('the union of the true tubes makes the classifier say B, and counts as no attribute named', () => {
  expect(found.trueUnion).toMatchObject({ hit: 1, reached: 1, tubes: 2 })
  expect(found.trueUnion?.named).toBeNaN()
})

test('asking again reaches B more often than the own tubes of two attributes, and than its random controls', () => {
  expect(found.iterate4!.reached).toBeGreaterThan(found.own!.reached)
  expect(found.iterate4!.reached).toBeGreaterThan(found.iterate4Random!.reached + 0.2)
  expect(found.iterate4!.reached).toBeGreaterThan(found.iterate4RandomSameRule!.reached + 0.2)
})

test('the control of equal area has as many tubes, and the one under the same rule stops at four', () => {
  expect(found.iterate4Random!.tubes).toBeCloseTo(found.iterate4!.tubes, 10)
  expect(found.iterate4RandomSameRule!.tubes).toBeLessThanOrEqual(4)
  expect(found.ownRandom!.tubes).toBe(2)
})

test('named for what a step did, the answer fits its tube at least as often as named as it was asked', () => {
  expect(found.iterate4NamedAsAsked!.reached).toBe(found.iterate4!.reached)
  expect(found.iterate4!.fits).toBeGreaterThanOrEqual(found.iterate4NamedAsAsked!.fits)
})
