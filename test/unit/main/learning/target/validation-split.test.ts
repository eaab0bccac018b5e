import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validationSplit } from '@main/learning/target/validation-split'

const videos = fc.array(
  fc.record({
    label: fc.integer({ min: 0, max: 3 }),
    group: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')),
  }),
  { minLength: 0, maxLength: 400 },
)

test('every video is on one side, groups are whole, and no class loses more than half', () => {
  fc.assert(
    fc.property(videos, fc.nat(), (list, seed) => {
      const { train, validation } = validationSplit(list, { share: 0.2, seed })
      expect([...train, ...validation].sort((a, b) => a - b)).toEqual(list.map((_, i) => i))
      const groups = (side: number[]) => new Set(side.flatMap((i) => list[i]!.group ?? []))
      expect([...groups(train)].filter((group) => groups(validation).has(group))).toEqual([])
      for (const label of [0, 1, 2, 3]) {
        const of = (side: number[]) => side.filter((i) => list[i]!.label === label).length
        expect(of(validation)).toBeLessThanOrEqual(of(train))
      }
    }),
  )
})

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ label: i % 4, group: null }))

test('about the share asked for is put aside, the same for the same seed', () => {
  const split = validationSplit(many(600), { share: 0.1, seed: 1 })
  expect(split.validation).toHaveLength(60)
  expect(validationSplit(many(600), { share: 0.1, seed: 1 })).toEqual(split)
  expect(validationSplit(many(600), { share: 0.1, seed: 2 })).not.toEqual(split)
})

test('too few videos to choose on, or a share of nothing, put none aside', () => {
  expect(validationSplit(many(100), { share: 0.1, seed: 1 }).validation).toEqual([])
  expect(validationSplit(many(600), { share: 0, seed: 1 }).validation).toEqual([])
})
