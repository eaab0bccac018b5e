import { expect, test } from 'vitest'
import fc from 'fast-check'
import { balancedWeights } from '@main/learning/target/class-weights'

const sourceOf = (labels: readonly number[], classes: number) => ({
  ...{ count: labels.length, classes },
  label: (i: number) => labels[i] as number,
})

test('three videos of one class and one of another: the one counts as much as the three', () => {
  expect(balancedWeights(sourceOf([0, 0, 0, 1], 2))).toEqual([2 / 3, 2])
})

test('all classes count the same, and a video counts 1 at the mean', () => {
  const labels = fc.array(fc.nat(4), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(labels, (all) => {
      const weights = balancedWeights(sourceOf(all, 5))
      const total = (of: readonly number[]) => of.reduce((sum, label) => sum + weights[label]!, 0)
      expect(total(all)).toBeCloseTo(all.length)
      const shares = new Set(all.map((label) => total(all.filter((other) => other === label)).toFixed(6)))
      expect(shares.size).toBe(1)
    }),
  )
})
