import { expect, test } from 'vitest'
import { withNearTies } from '@main/learning/explainer/presence/near-tie'

const standings = (...list: [minScore: number, presence: number | null][]) =>
  list.map(([minScore, presence], attribute) => ({ attribute, minScore, presence }))
const order = (list: readonly { attribute: number }[]) => list.map(({ attribute }) => attribute)

test('words that are nearly tied for the first place go by whether the clip shows them', () => {
  // The mean is -1.5, so that the bound is 0 - .25 * 1.5 = -.375.
  const words = standings([0, -3], [-0.1, 2], [-0.37, 1], [-0.38, 9], [-6.65, 20])
  expect(order(withNearTies(words, 0.25))).toEqual([1, 2, 0, 3, 4])
})

test('a share of 0 orders only what is exactly equal', () => {
  expect(order(withNearTies(standings([0, -1], [0, 1], [-0.001, 5]), 0))).toEqual([1, 0, 2])
})

test('equal presence keeps the order by score', () => {
  expect(order(withNearTies(standings([0, 1], [-0.01, 1], [-9, 1]), 0.25))).toEqual([0, 1, 2])
})

test('nothing to order is nothing', () => {
  expect(withNearTies([], 0.25)).toEqual([])
})
