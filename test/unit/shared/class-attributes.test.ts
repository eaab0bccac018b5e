import { describe, expect, test } from 'vitest'
import { classAttributes, discriminating, isMixed, isRemoveOne, isSuperset, pairPrior } from '@shared/class-attributes'

const sets = [new Set([0, 1]), new Set([0]), new Set([0, 1, 2]), new Set([0, 2])]

describe('what classes mean', () => {
  test('an attribute belongs to a class when nine in ten of its videos have it', () => {
    const videos = Array.from({ length: 20 }, (_, i) => ({ label: 0, assigned: i < 18 ? [0, 1] : [0] }))
    expect([...classAttributes(2, [...videos, { label: 1, assigned: [2] }])[0]!]).toEqual([0, 1])
    videos.pop()
    videos.pop()
    videos.push({ label: 0, assigned: [] }, { label: 0, assigned: [] }, { label: 0, assigned: [] })
    expect([...classAttributes(1, videos)[0]!]).toEqual([])
  })

  test('the kinds of pairs: one removed, a superset, mixed', () => {
    expect([...discriminating(sets, 0, 1)]).toEqual([1])
    expect([isRemoveOne(sets, 0, 1), isRemoveOne(sets, 2, 1), isRemoveOne(sets, 0, 3)]).toEqual([true, false, false])
    expect([isSuperset(sets, 1, 0), isSuperset(sets, 0, 1), isSuperset(sets, 0, 0)]).toEqual([true, false, false])
    expect([isMixed(sets, 0, 3), isMixed(sets, 0, 1)]).toEqual([true, false])
  })

  test('the prior of a pair is the most frequent attribute of A that B has not', () => {
    const videos = [
      { label: 0, assigned: [0, 1] },
      { label: 0, assigned: [0, 1, 5] },
    ]
    expect(pairPrior(videos, sets, 0, 1)).toBe(1)
    expect(pairPrior(videos, sets, 1, 0)).toBeNull()
  })
})
