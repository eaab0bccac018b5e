import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { Run, StartRun } from '@shared/contract/learning'
import { RunId } from '@shared/ids'
import { layerList, trainingBytes } from '@main/learning/target/layer-list'
import { estimateRun } from '@main/runs/estimate'
import { megabytes } from '@shared/megabytes'

const facts = {
  ...{ classes: [], attributes: [], trainVideos: 100, testVideos: 10 },
  ...{ trainWithoutAttributes: 0, leftOut: 0, leakingGroups: [], alike: [] },
}
const aRun = (values: Partial<Run>): Run => ({
  ...{
    id: RunId.parse('r'),
    name: 'r',
    kind: 'classifier',
    state: 'done',
    job: null,
    explains: null,
    ...{ startFrom: null, sweep: null, stoppedEarly: false, archived: false, tags: [], note: '' },
    preset: 'Custom',
  },
  ...{ classes: [], attributes: [], trainVideos: 50, testVideos: 0, headline: {}, engine: '', failure: null },
  ...{ config: {}, startedBy: 'studio', createdAt: 0, startedAt: 0, endedAt: 10_000, ...values },
})
const start = (config: object): StartRun => ({
  kind: 'classifier',
  preset: 'Custom',
  config: ClassifierConfig.parse(config),
})

test('the time comes from the newest finished run of the same network, per clip', () => {
  const runs = [aRun({ config: ClassifierConfig.parse({ size: 64, epochs: 2 }) })]
  const basis = { facts, target: null, runs, fused: true }
  expect(estimateRun(start({ size: 64, epochs: 4 }), basis).seconds).toBeCloseTo(40)
  expect(estimateRun(start({ size: 32, epochs: 4 }), basis).seconds).toBeNull()
  expect(estimateRun(start({ size: 64 }), { ...basis, runs: [aRun({ state: 'failed' })] }).seconds).toBeNull()
})

test('the memory grows with the network and stops at the budget', () => {
  const memory = (config: object, fused = true) =>
    estimateRun(start(config), { facts, target: null, runs: [], fused }).memoryMb
  expect(memory({ size: 32, batch: 1 })).toBeLessThan(memory({ size: 64, batch: 1 }))
  expect(memory({ size: 32, batch: 1 })).toBeLessThan(memory({ size: 32, batch: 1 }, false))
  expect(memory({ size: 224, memoryBudget: 1000 })).toBe(1400)
})

test('the memory is what training itself reckons with, odd sides included', () => {
  const config = ClassifierConfig.parse({ size: 75, batch: 10, memoryBudget: 100_000 })
  const bytes = trainingBytes(layerList(config), config, { fused: true }) * 10
  const asked = { kind: 'classifier', preset: 'Custom', config } as const
  const { memoryMb } = estimateRun(asked, { facts, target: null, runs: [], fused: true })
  expect(memoryMb).toBe(Math.round(400 + megabytes(bytes)))
})

test("an explainer's time scales with steps and batch", () => {
  const config = ExplainerConfig.parse({ steps: 100, batch: 10 })
  const runs = [aRun({ kind: 'explainer', config })]
  const asked: StartRun = {
    kind: 'explainer',
    preset: 'Custom',
    config: ExplainerConfig.parse({ steps: 50, batch: 20 }),
  }
  expect(estimateRun(asked, { facts, target: null, runs, fused: true }).seconds).toBeCloseTo(10)
})
