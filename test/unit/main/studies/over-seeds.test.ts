import { expect, test } from 'vitest'
import { overSeeds } from '@main/studies/over-seeds'

test('a metric over seeds has its mean, its ends and their distance', () => {
  expect(
    overSeeds([
      { nca: 0.9, iou: 0.4 },
      { nca: 1, iou: 0.5 },
      { nca: 0.8, iou: 0.33333 },
    ]),
  ).toEqual({
    nca: { mean: 0.9, low: 0.8, high: 1, spread: 0.2, seeds: 3 },
    iou: { mean: 0.4111, low: 0.3333, high: 0.5, spread: 0.1667, seeds: 3 },
  })
})

test('a metric that one seed could not measure has no mean', () => {
  expect(overSeeds<string>([{ auc: 1 }, { auc: null }]).auc?.mean).toBeNaN()
  expect(overSeeds<string>([{ auc: 1 }, {}]).auc?.mean).toBeNaN()
})
