import { expect, test } from 'vitest'
import { classPrior } from '@main/learning/explainer/presence/class-prior'

const clip = (label: number, ...labels: number[]) => ({ label, labels: Int8Array.from(labels) })
const odds = (p: number) => Math.log(p / (1 - p))

test('the class says how likely an attribute is, and all clips together stand for one clip more', () => {
  const clips = [clip(0, 1, 0), clip(0, 1, -1), clip(0, 0, 0), clip(1, 0, 0)]
  const prior = classPrior(clips, { classes: 2, attributes: 2 })
  expect(prior[0]).toBeCloseTo(odds((2 + 0.5) / 4), 5)
  expect(prior[2]).toBeCloseTo(odds((0 + 0.5) / 2), 5)
  // Never seen: its share counts as .02.
  expect(prior[1]).toBeCloseTo(odds((0 + 0.02) / 3), 5)
})

test('a class without a labelled clip has the share of all', () => {
  expect(classPrior([clip(0, 1), clip(0, 0)], { classes: 2, attributes: 1 })[1]).toBeCloseTo(odds(0.5), 5)
})

test('no class is ever quite sure', () => {
  const clips = Array.from({ length: 1000 }, () => clip(0, 1, 0))
  const prior = classPrior(clips, { classes: 1, attributes: 2 })
  expect([...prior].map((z) => Number(z.toFixed(4)))).toEqual(
    [odds(0.995), odds(0.005)].map((z) => Number(z.toFixed(4))),
  )
})
