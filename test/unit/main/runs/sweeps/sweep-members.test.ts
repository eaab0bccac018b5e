import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { settingFields } from '@shared/config/setting-words'
import type { SweepAxis } from '@shared/config/sweep'
import { SweepPlan } from '@shared/config/sweep'
import { sweepSize } from '@shared/config/sweep-levels'
import { sweepMembers } from '@main/runs/sweeps/sweep-members'

const config = ClassifierConfig.parse({ epochs: 4 })
const fields = settingFields(ClassifierConfig)
const members = (axes: SweepAxis[], plan: object = {}) =>
  sweepMembers({ schema: ClassifierConfig, config, axes, plan: SweepPlan.parse(plan) })
const rates = { field: 'learningRate', values: [0.01, 0.1] }
const seeds: SweepAxis = { field: 'seed', from: 0, to: 2, scale: 'linear' }

test('a grid has every combination once, each with all the settings that do not differ', () => {
  const all = members([rates, seeds])
  expect(all.map(({ learningRate, seed }) => [learningRate, seed])).toEqual(
    [0.01, 0.1].flatMap((rate) => [0, 1, 2].map((seed) => [rate, seed])),
  )
  expect(all.every(({ epochs, batch }) => epochs === 4 && batch === 64)).toBe(true)
})

test('of a range of whole numbers a grid takes each, of another one so many points, its ends included', () => {
  const log: SweepAxis = { field: 'weightDecay', from: 0.00001, to: 0.1, scale: 'log' }
  expect(members([log], { points: 5 }).map(({ weightDecay }) => weightDecay)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
  const momentum: SweepAxis = { field: 'momentum', from: 0.5, to: 0.9, scale: 'linear' }
  expect(members([momentum]).map((one) => one.momentum)).toEqual([0.5, 0.7, 0.9])
})

test('a draw gives the same runs for the same seed, within the ranges, none twice', () => {
  const axes: SweepAxis[] = [{ field: 'learningRate', from: 0.0001, to: 1, scale: 'log' }, seeds]
  const all = members(axes, { method: 'random', runs: 40, drawSeed: 5 })
  expect(all).toEqual(members(axes, { method: 'random', runs: 40, drawSeed: 5 }))
  expect(all).not.toEqual(members(axes, { method: 'random', runs: 40, drawSeed: 6 }))
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(40)
  const drawn = all.map(({ learningRate }) => Number(learningRate))
  expect(drawn.every((rate) => rate >= 0.0001 && rate <= 1)).toBe(true)
  // On a log scale about half lie below the middle decade.
  expect(drawn.filter((rate) => rate < 0.01).length).toBeGreaterThan(10)
})

test('a draw of more than there are takes all there are, and says so before', () => {
  const plan = SweepPlan.parse({ method: 'random', runs: 12 })
  expect(members([rates, seeds], plan)).toHaveLength(6)
  expect(sweepSize([rates, seeds], plan, fields)).toBe(6)
})

test.each([
  ['a setting that there is not', [{ field: 'speed', values: [1] }], 'speed', /no such setting/],
  ['a value that is not allowed', [{ field: 'fcLayers', values: [1, 9] }], 'fcLayers', /1 to 3.*would be 9/],
  ['a setting twice', [rates, rates], 'learningRate', /varied twice/],
  [
    'a range of what has none',
    [{ field: 'optimizer', from: 1, to: 2, scale: 'linear' as const }],
    'optimizer',
    /no range/,
  ],
  ['a log scale with 0', [{ field: 'erase', from: 0, to: 1, scale: 'log' as const }], 'erase', /Begin above 0/],
  [
    'more runs than a sweep may have',
    [{ field: 'seed', from: 0, to: 500, scale: 'linear' as const }],
    'sweep',
    /501 runs.*200 at most/,
  ],
] as const)('%s is refused, and the setting is named', (_, axes, setting, reason) => {
  expect(() => members([...axes] as SweepAxis[])).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', data: { setting, reason: expect.stringMatching(reason) } }),
  )
})
