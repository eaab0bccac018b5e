import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hitAt, negativeStanding, topKHit } from '@main/evaluation/negative-class-accuracy'

describe('negative class accuracy', () => {
  const before = [0.7, 0.1, 0.1, 0.1]

  test('ranks B by the rise of its probability among the negatives', () => {
    const after = [0.2, 0.1, 0.5, 0.2]
    expect(negativeStanding(before, after, 0, 2).negRank).toBe(1)
    expect(negativeStanding(before, after, 0, 3).negRank).toBe(2)
    expect(negativeStanding(before, after, 0, 1).negRank).toBe(3)
  })

  test('A takes no rank, even where its own probability rises', () => {
    const after = [0.9, 0.02, 0.05, 0.03]
    expect(negativeStanding(before, after, 0, 2).negRank).toBe(1)
    expect(topKHit(before, after, { pos: 0, neg: 2, k: 1 })).toBe(1)
  })

  test('an empty mask scores chance: k / (|C| - 1)', () => {
    for (const k of [1, 2, 3]) expect(topKHit(before, before, { pos: 0, neg: 1, k })).toBeCloseTo(k / 3, 12)
    expect(negativeStanding(before, before, 0, 1).negRank).toBe(2)
  })

  test('rank and ties together give the hit at any k, as a list of rows keeps them', () => {
    const after = [0.4, 0.2, 0.2, 0.1]
    expect(negativeStanding(before, after, 0, 1)).toEqual({ negRank: 1.5, negTies: 1 })
    expect([1, 2, 3].map((k) => hitAt({ negRank: 1.5, negTies: 1 }, k))).toEqual([0.5, 1, 1])
    expect([1, 2, 3].map((k) => hitAt({ negRank: 3, negTies: 0 }, k))).toEqual([0, 0, 1])
  })

  test('over all negatives the hits add up to k', () => {
    const classes = fc.integer({ min: 2, max: 8 })
    fc.assert(
      fc.property(
        classes.chain((n) => fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n })),
        fc.integer({ min: 1, max: 4 }),
        (after, k) => {
          const zero = after.map(() => 0)
          const sum = after.slice(1).reduce((total, _, i) => total + topKHit(zero, after, { pos: 0, neg: i + 1, k }), 0)
          expect(sum).toBeCloseTo(Math.min(k, after.length - 1), 9)
        },
      ),
    )
  })
})
