import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { SampleConfig } from '@shared/config/sample'
import { SweepPlan } from '@shared/config/sweep'
import { builtHost, removeHost } from '../support/built-host'
import { type StudioOfTest, studioIn, tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'project')
const small = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'], batch: 8, epochs: 1 }
let host = ''
let own: StudioOfTest

async function allEnded(jobs: readonly { job: Parameters<StudioOfTest['studio']['jobs']['get']>[0] }[]): Promise<void> {
  const states = async () => Promise.all(jobs.map(async ({ job }) => (await own.studio.jobs.get(job)).state))
  for await (const _ of own.studio.jobs.watch()) {
    if ((await states()).every((state) => state !== 'queued' && state !== 'running')) return
  }
}

beforeAll(async () => {
  await useCachedEngine()
  host = await builtHost()
  own = studioIn(host, join(folder.path, 'home'))
  await own.api.project.create({ path: project })
  const config = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, train: 16, test: 4 })
  const { job } = await own.studio.workspace().samples.start(config)
  await allEnded([{ job }])
})
afterAll(async () => {
  await own.studio.close()
  folder[Symbol.dispose]()
  removeHost(host)
})

test('a sweep trains every combination; two of the same settings come to the same numbers; it is deleted as a whole', async () => {
  const { api } = own
  const config = ClassifierConfig.parse(small)
  const { sweep, runs } = await api.sweeps.start({
    start: { kind: 'classifier', preset: 'Custom', config },
    axes: [
      { field: 'learningRate', values: [0.01, 0.1] },
      { field: 'seed', from: 1, to: 2, scale: 'linear' },
    ],
    plan: SweepPlan.parse({}),
  })
  await allEnded(runs)
  const members = (await api.learning.runs()).filter((run) => run.sweep === sweep).toReversed()
  expect(members.map(({ state, name }) => [state, name])).toEqual([1, 2, 3, 4].map((n) => ['done', `sweep 1.${n}`]))
  const settings = members.map(({ config }) => ClassifierConfig.parse(config))
  expect(settings.map(({ learningRate, seed }) => [learningRate, seed])).toEqual([
    [0.01, 1],
    [0.01, 2],
    [0.1, 1],
    [0.1, 2],
  ])
  expect(new Set(members.map(({ headline }) => headline.loss)).size, 'settings make a difference').toBe(4)
  const alone = await api.learning.start({ kind: 'classifier', preset: 'Custom', config: settings[3]! })
  await allEnded([alone])
  expect((await api.learning.run({ id: alone.run })).headline).toEqual(members[3]!.headline)
  await api.sweeps.remove({ id: sweep })
  expect(await api.sweeps.list()).toEqual([])
  expect((await api.learning.runs()).map(({ id }) => id)).toEqual([alone.run])
  expect(runs.some(({ run }) => existsSync(join(project, 'runs', run)))).toBe(false)
})
