import { expect, test } from 'vitest'
import { bestOf, isOfSeeds, rankedBy, spreadOf, valuesOf } from '@shared/sweep-results'
import { aRun } from '../../support/fake-api'
import { aSweep } from '../../support/fake-sweeps'

const run = (index: number, headline: Record<string, number>, more = {}) => aRun(index, { headline, ...more })

test('runs are ranked by validation accuracy where there is one, since test videos choose nothing', () => {
  const runs = [
    run(1, { validationAccuracy: 0.8, testAccuracy: 0.9 }),
    run(2, { validationAccuracy: 0.9, testAccuracy: 0.7 }),
  ]
  expect(rankedBy(runs)).toBe('validationAccuracy')
  expect(bestOf(runs)?.name).toBe('Run 2')
  expect(bestOf([run(1, { testAccuracy: 0.9 }), run(2, { testAccuracy: 0.7 })])?.name).toBe('Run 1')
})

test('only finished runs count', () => {
  expect(bestOf([run(1, { testAccuracy: 0.9 }, { state: 'cancelled' })])).toBeNull()
  expect(spreadOf([run(1, { testAccuracy: 0.9 }, { state: 'running' })], 'testAccuracy')).toBeNull()
})

test('the spread is the sample standard deviation, and one value has none', () => {
  const runs = [0.8, 0.9, 1].map((testAccuracy, i) => run(i, { testAccuracy }))
  const spread = spreadOf(runs, 'testAccuracy')
  expect(spread).toMatchObject({ count: 3, mean: expect.closeTo(0.9), deviation: expect.closeTo(0.1) })
  expect(spreadOf(runs.slice(0, 1), 'testAccuracy')).toEqual({ count: 1, mean: 0.8, deviation: null })
})

test('a sweep over the seed alone is one configuration', () => {
  expect(isOfSeeds(aSweep(1, { axes: [{ field: 'seed', from: 0, to: 4, scale: 'linear' }] }))).toBe(true)
  expect(isOfSeeds(aSweep(1))).toBe(false)
  expect(valuesOf(aRun(1, { config: { learningRate: 0.1, epochs: 3 } }), aSweep(1))).toEqual({ learningRate: 0.1 })
})
