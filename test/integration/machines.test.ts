import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import type { Api } from '@shared/contract'
import { MachineId, type RunId } from '@shared/ids'
import { MachineWorker, type MachineWorkerParts } from '@main/machines/worker/machine-worker'
import { StudioLine } from '@main/machines/worker/studio-line'
import type { Workers } from '@main/runs/workers'
import type { EngineService } from '@main/system/engine-service'
import { builtHost, removeHost } from '../support/built-host'
import { Farm } from '../support/farm'
import { noRedis } from '../support/redis-server'
import { tempFolder, useCachedEngine } from '../support/studio'
import { wholeCurve } from '../support/whole-curve'

if (noRedis) console.warn(`skipped: ${noRedis}`)

const small = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'] as const, batch: 8 }
const training = (seed: number) => ({
  ...({ kind: 'classifier', preset: 'Custom' } as const),
  config: ClassifierConfig.parse({ ...small, epochs: 2, seed }),
})

describe.skipIf(noRedis !== null)('workers on other machines', () => {
  const folder = tempFolder()
  let host = ''
  let farm: Farm
  let api: Api

  beforeAll(async () => {
    await useCachedEngine()
    host = await builtHost()
    farm = await Farm.start(host, folder.path)
    api = await farm.api()
  }, 400_000)
  afterAll(async () => {
    await farm.close()
    removeHost(host)
    folder[Symbol.dispose]()
  })

  const machineNamed = async (name: string) => (await api.machines.list()).machines.find((one) => one.name === name)
  /** Until the first worker has heard of it. */
  const drainOne = async (drain: boolean) => {
    await api.machines.drain({ id: (await machineNamed('one'))!.id, drain })
    const said = () =>
      farm.workers[0]!.words()
        .trim()
        .split('\n')
        .findLast((line) => line.startsWith('Takes '))
    await expect.poll(said, { timeout: 30_000 }).toMatch(drain ? 'Takes no new work' : 'Takes work again')
  }
  /** A worker that gets as far as to take a job, and no engine. */
  const inThisProcess = (name: string, version: string, more: Pick<MachineWorkerParts, 'free'>) =>
    new MachineWorker({
      line: new StudioLine({ studio: farm.address, token: farm.token }),
      about: { name, host: 'here', version, lanes: ['gpu'] },
      ...{ redis: farm.redis.url, cache: join(folder.path, 'cache', name), workers: {} as Workers, ...more },
      engine: { report: () => ({ backend: null, version: null, device: null, reason: 'none' }) } as EngineService,
      ...{ say: () => {}, log: String },
    })
  const beat = (name: string, version: string) => ({
    ...{ id: MachineId.parse(name), name, host: 'elsewhere', version, engine: '', device: '', lanes: ['gpu'] as const },
    ...{ job: null, progress: null, trouble: null, leaving: false },
  })

  test('trainings wait for a worker; two do three of them, each once, with whole curves and files that are right', async () => {
    const runs: RunId[] = []
    for (let seed = 1; seed <= 3; seed++) runs.push((await api.learning.start(training(seed))).run)
    expect((await api.learning.run({ id: runs[0]! })).state).toBe('queued')
    for (const name of ['one', 'two']) farm.addWorker(name)
    const states = async () => (await api.learning.runs()).map(({ state }) => state)
    await expect.poll(states, { timeout: 200_000, interval: 200 }).toEqual(Array(3).fill('done'))
    for (const run of runs) {
      expect(wholeCurve(await api.learning.metrics({ id: run }), 2)).toEqual([])
      expect(existsSync(join(farm.project, 'runs', run, 'model', 'weights.safetensors'))).toBe(true)
      expect((await api.learning.log({ id: run })).filter((line) => line.endsWith(' started'))).toHaveLength(1)
    }
    const doers = farm.workers.map(({ words }) => [...words().matchAll(/: done/g)].length)
    expect(doers.reduce((a, b) => a + b)).toBe(3)
    await expect.poll(async () => (await machineNamed('one'))?.state, { timeout: 30_000 }).toBe('idle')
  })

  test('a drained worker takes nothing new', async () => {
    const two = await machineNamed('two')
    await api.machines.drain({ id: two!.id })
    await expect.poll(() => farm.workers[1]!.words(), { timeout: 30_000 }).toContain('Takes no new work')
    expect(await machineNamed('two')).toMatchObject({ state: 'draining' })
  })

  test('a worker of another version is refused in words on both sides, also one that says other things of itself', async () => {
    const line = new StudioLine({ studio: farm.address, token: farm.token })
    const { engine: _, ...older } = beat('older', '0.0.1')
    for (const other of [beat('old', '0.0.1'), older as typeof older & { engine: string }]) {
      await expect(line.beat({ ...other, lanes: ['gpu'] })).rejects.toMatchObject({ code: 'WORKER_VERSION' })
      const reason = expect.stringMatching(/another version.* this worker is 0\.0\.1/)
      expect(await machineNamed(other.name)).toMatchObject({ state: 'refused', reason })
    }
  })

  test('a worker without room says so in the studio, and leaves the job to another one', async () => {
    const full = inThisProcess('full', (await api.system.doctor()).studio, { free: async () => 1000 })
    const end = new AbortController()
    const working = full.run(end.signal)
    await expect.poll(async () => (await machineNamed('full'))?.state, { timeout: 30_000 }).toBe('idle')
    await drainOne(true)
    const { run } = await api.learning.start(training(4))
    await expect.poll(async () => (await machineNamed('full'))?.state, { timeout: 30_000 }).toBe('held')
    expect((await machineNamed('full'))?.reason).toMatch(/no room.* MB are needed, 0 MB are free/s)
    expect((await api.learning.run({ id: run })).state).toBe('queued')
    await drainOne(false)
    const state = async () => (await api.learning.run({ id: run })).state
    await expect.poll(state, { timeout: 100_000, interval: 200 }).toBe('done')
    end.abort()
    await working
  })

  test('a worker with a wrong token ends and says why, and so does the studio', async () => {
    const stranger = farm.addWorker('stranger', { token: 'guess' })
    expect(await stranger.ended).toBe(1)
    expect(stranger.words()).toContain('does not know the token')
    expect(await machineNamed('stranger')).toMatchObject({ state: 'refused', reason: expect.stringContaining('token') })
  })

  test('a studio that is started without the Redis says where the work lies; with it again the work goes on', async () => {
    await drainOne(true)
    const { run, job } = await api.learning.start(training(5))
    await farm.restartStudio({ withRedis: false })
    api = await farm.api()
    const failure = { code: 'JOB_ELSEWHERE', message: expect.stringContaining('whynot serve --redis') }
    expect(await api.learning.run({ id: run })).toMatchObject({ state: 'interrupted', failure })
    for (const call of [api.jobs.resume, api.jobs.cancel, api.jobs.pause])
      await expect(call({ id: job })).rejects.toMatchObject({ code: 'JOB_ELSEWHERE' })
    await farm.restartStudio()
    api = await farm.api()
    const state = async () => (await api.learning.run({ id: run })).state
    await expect.poll(state, { timeout: 100_000, interval: 200 }).toBe('done')
    expect((await api.learning.run({ id: run })).failure).toBeNull()
  })
})
