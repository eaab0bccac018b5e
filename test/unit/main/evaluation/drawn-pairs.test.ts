import { expect, test } from 'vitest'
import { drawnPairs } from '@main/evaluation/drawn-pairs'

const pairs = Array.from({ length: 60 }, (_, clip) => [0, 1, 2].map((neg) => ({ clip, neg }))).flat()
const drawn = (seed: number, most = 30) => [...drawnPairs(pairs, most, seed)]

test('a limit is a draw from all clips, not their beginning', () => {
  const clips = drawn(1).map(([clip]) => clip)
  expect(drawn(1).flatMap(([, negatives]) => negatives)).toHaveLength(30)
  expect(Math.max(...clips)).toBeGreaterThan(45)
  expect(clips).toEqual(clips.toSorted((a, b) => a - b))
})

test('another seed draws others, the same one the same', () => {
  expect(drawn(1)).toEqual(drawn(1))
  expect(drawn(1)).not.toEqual(drawn(2))
})

test('a limit above what there is asks everything', () => {
  expect(drawn(1, 1000).flatMap(([, negatives]) => negatives)).toHaveLength(180)
})
