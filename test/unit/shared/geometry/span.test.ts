import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinedSpans } from '@shared/geometry/span'

test('spans that are joined hold the same frames, and none of them touch', () => {
  const span = fc.tuple(fc.nat(40), fc.nat(6)).map(([from, length]) => ({ from, to: from + length }))
  const framesOf = (spans: readonly { from: number; to: number }[]) =>
    new Set(spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const joined = joinedSpans(spans)
      expect(new Set([...framesOf(joined)].sort())).toEqual(new Set([...framesOf(spans)].sort()))
      for (const [i, { from }] of joined.entries()) if (i > 0) expect(from).toBeGreaterThan(joined[i - 1]!.to + 1)
    }),
  )
})

test('of spans that are joined, the earliest says the rest', () => {
  const spans = [
    { from: 5, to: 9, at: 2 },
    { from: 0, to: 4, at: 1 },
    { from: 20, to: 21, at: 3 },
  ]
  expect(joinedSpans(spans)).toEqual([
    { from: 0, to: 9, at: 1 },
    { from: 20, to: 21, at: 3 },
  ])
})
