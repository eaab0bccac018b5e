import { afterEach, beforeEach, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { SweepPlan } from '@shared/config/sweep'
import type { StartSweep } from '@shared/contract/sweeps'
import type { JobId, RunId } from '@shared/ids'
import { JobQueue, type RunJob } from '@main/jobs/job-queue'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import { RowWriter } from '@main/project/row-writer'
import { Bundles } from '@main/runs/bundles'
import { RunService } from '@main/runs/run-service'
import { SweepService } from '@main/runs/sweeps/sweep-service'
import type { Workers } from '@main/runs/workers'
import type { EngineService } from '@main/system/engine-service'
import { aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
let jobs: JobQueue
let runs: RunService
let sweeps: SweepService
let store: MemoryJobStore

/** A job that goes on until it is stopped. */
const untilStopped: RunJob = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

beforeEach(() => {
  made = aProject()
  const { project, folder, build } = made
  const { repositories } = project
  for (const name of ['pole', 'ball']) build.video({ class: build.class(name), split: 'train' })
  const logUnknown = (error: unknown) => {
    throw error
  }
  const write = <T>(action: () => T) => project.write(action)
  const rows = new RowWriter({ briefly: (action) => project.briefly(action), log: logUnknown })
  const about = { folder, repositories, bundles: new Bundles(repositories, folder), write, rows, onChange: () => {} }
  const known = { isShared: false, openedAt: 0 }
  const engine = { report: () => ({ backend: 'wasm' }) } as unknown as EngineService
  const parts = { ...about, workers: {} as Workers, engine, startedBy: 'studio', known } as const
  store = new MemoryJobStore()
  runs = new RunService(parts, () => jobs)
  sweeps = new SweepService({ ...parts, runs }, () => jobs)
  jobs = new JobQueue(
    store,
    { classifier: untilStopped, explainer: untilStopped },
    { logUnknown: String, onChange: (job) => runs.followJob(job) },
  )
})
afterEach(async () => {
  await jobs.close()
  made.remove()
})

function asked(of: { axes?: StartSweep['axes']; plan?: object; config?: object; name?: string } = {}): StartSweep {
  const config = ClassifierConfig.parse({ epochs: 4, ...of.config })
  return {
    start: { kind: 'classifier', preset: 'Custom', config, name: of.name },
    axes: of.axes ?? [{ field: 'seed', from: 0, to: 3, scale: 'linear' }],
    plan: SweepPlan.parse(of.plan ?? {}),
  }
}

/** Says how good a run was after an epoch, as its worker would. */
function reach(run: RunId, epoch: number, validationAccuracy: number): void {
  const point = { step: epoch * 10, epoch, at: epoch, values: { validationAccuracy } }
  runs.work.hear({ id: 'j' as JobId, run, payload: null, resumed: false }, { kind: 'metrics', points: [point] })
}

test('every member is a run like any other, named for its sweep, with a job of its own', async () => {
  const { sweep, runs: started } = await sweeps.start(asked({ name: 'seeds' }))
  const list = runs.list().toReversed()
  expect(list.map(({ name, sweep: of, config }) => [name, of, (config as ClassifierConfig).seed])).toEqual(
    [0, 1, 2, 3].map((seed) => [`seeds.${seed + 1}`, sweep, seed]),
  )
  expect(started.map(({ run }) => run)).toEqual(list.map(({ id }) => id))
  expect((await jobs.list()).map(({ run }) => run).toReversed()).toEqual(list.map(({ id }) => id))
  expect(sweeps.list()).toMatchObject([{ id: sweep, name: 'seeds', kind: 'classifier' }])
  const again = await sweeps.start(asked({ name: 'seeds', axes: [{ field: 'seed', values: [9] }] }))
  expect(sweeps.list().find(({ id }) => id === again.sweep)?.name).toBe('seeds (2)')
})

test('where one member is refused, none is started and nothing is left', async () => {
  const axes = [{ field: 'learningRate', values: [0.1, 99] }]
  await expect(sweeps.start(asked({ axes }))).rejects.toMatchObject({ data: { setting: 'learningRate' } })
  const addJob = store.add.bind(store)
  let left = 2
  store.add = (job) => (left-- > 0 ? addJob(job) : Promise.reject(new Error('Redis is away')))
  await expect(sweeps.start(asked())).rejects.toThrow('Redis is away')
  expect([runs.list(), sweeps.list()]).toEqual([[], []])
  expect((await jobs.list()).filter(({ state }) => state === 'queued')).toEqual([])
})

test('stopping ends what waits and runs, and resuming goes on with those', async () => {
  const { sweep, runs: started } = await sweeps.start(asked())
  expect(await sweeps.stop(sweep)).toEqual({ stopped: 4 })
  await jobs.ended(started[0]!.job)
  expect(runs.list().map(({ state }) => state)).toEqual(Array(4).fill('cancelled'))
  expect(await sweeps.resume(sweep)).toEqual({ resumed: 4 })
  await expect(sweeps.remove(sweep)).rejects.toMatchObject({ code: 'RUN_NOT_FINISHED' })
  await sweeps.stop(sweep)
  await jobs.ended(started[0]!.job)
  await sweeps.remove(sweep)
  expect([runs.list(), sweeps.list()]).toEqual([[], []])
})

test('a sweep is paused as a whole, what waits before what runs, and goes on as a whole', async () => {
  const { sweep, runs: started } = await sweeps.start(asked())
  expect(await sweeps.pause(sweep)).toEqual({ paused: 4 })
  await jobs.ended(started[0]!.job)
  expect(runs.list().map(({ state }) => state)).toEqual(Array(4).fill('paused'))
  expect(await sweeps.pause(sweep)).toEqual({ paused: 0 })
  expect(await sweeps.resume(sweep)).toEqual({ resumed: 4 })
  await sweeps.stop(sweep)
  await jobs.ended(started[0]!.job)
})

test('a sweep goes with its last run', async () => {
  const { sweep, runs: started } = await sweeps.start(asked({ axes: [{ field: 'seed', values: [1] }] }))
  await sweeps.stop(sweep)
  await jobs.ended(started[0]!.job)
  await runs.remove(started[0]!.run)
  expect(sweeps.list()).toEqual([])
})

test('a run that is worse than the median of the others is stopped early, once, and says why', async () => {
  const { runs: started } = await sweeps.start(asked({ plan: { stopping: 'median', stopAfter: 0.5 } }))
  const [bad, ...good] = started.map(({ run }) => run) as [RunId, ...RunId[]]
  for (const run of good) for (const epoch of [1, 2]) reach(run, epoch, 0.9)
  reach(bad, 1, 0.3)
  expect(runs.get(bad), 'before half of its epochs').toMatchObject({ state: 'running', stoppedEarly: false })
  reach(bad, 2, 0.3)
  expect(await jobs.ended(started[0]!.job)).toMatchObject({ state: 'cancelled' })
  expect(runs.get(bad)).toMatchObject({ state: 'cancelled', stoppedEarly: true })
  expect(runs.log(bad).join('\n')).toMatch(/best validation accuracy by epoch 2 is below 0\.9000, the median/)
  // Somebody wants it all the same.
  await jobs.resume(started[0]!.job)
  await sweeps.stop(sweeps.list()[0]!.id)
})

test('without a rule none is stopped, and a rule that has nothing to compare is refused', async () => {
  const { runs: started } = await sweeps.start(asked())
  for (const { run } of started.slice(1)) reach(run, 2, 0.9)
  reach(started[0]!.run, 2, 0.1)
  expect(runs.get(started[0]!.run)).toMatchObject({ state: 'running', stoppedEarly: false })
  await expect(sweeps.start(asked({ plan: { stopping: 'median' }, config: { validation: 0 } }))).rejects.toMatchObject({
    data: { setting: 'stopping', reason: expect.stringContaining('Validation above 0') },
  })
})
