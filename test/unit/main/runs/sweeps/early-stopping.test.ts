import { expect, test } from 'vitest'
import { hopelessBelow, reachedAt } from '@main/runs/sweeps/early-stopping'

const curve = (...values: number[]) => values.map((value, i) => ({ at: i + 1, value }))
const point = (values: Record<string, number>) => ({ step: 40, epoch: 2, at: 0, values })

test('a run is hopeless whose best is below the median of the running averages of the others', () => {
  // Averages by epoch 2: .5, .6 and .8.
  const others = [curve(0.4, 0.6, 0.9), curve(0.5, 0.7), curve(0.7, 0.9)]
  expect(hopelessBelow(curve(0.59, 0.3), others, 3)).toBeCloseTo(0.6)
  expect(hopelessBelow(curve(0.6, 0.3), others, 3)).toBeNull()
})

test('of an even number of others the median lies between the two in the middle', () => {
  expect(hopelessBelow(curve(0.5), [curve(0.4), curve(0.8)], 2)).toBeCloseTo(0.6)
})

test('those count that have come as far, and too few of them stop nobody', () => {
  const others = [curve(0.9), curve(0.9), curve(0.9, 0.9)]
  expect(hopelessBelow(curve(0.1, 0.1), others, 2)).toBeNull()
  expect(hopelessBelow(curve(0.1, 0.1), others, 1)).toBeCloseTo(0.9)
  expect(hopelessBelow(curve(0.1), [], 1)).toBeNull()
})

test('classifiers are compared by validation accuracy over epochs, explanations by a bound that was measured, over steps', () => {
  expect(reachedAt('classifier', point({ validationAccuracy: 0.5 }))).toEqual({ at: 2, value: 0.5 })
  expect(reachedAt('classifier', point({ loss: 2, trainAccuracy: 0.4 }))).toBeNull()
  expect(reachedAt('explainer', point({ bound: -3, exact: -1 }))).toEqual({ at: 40, value: -3 })
  expect(reachedAt('explainer', point({ bound: 0, exact: 0 }))).toBeNull()
})
