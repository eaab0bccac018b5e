import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import type { Api } from '@shared/contract'
import { MachineId, type RunId } from '@shared/ids'
import { StudioLine } from '@main/machines/worker/studio-line'
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

  test('a worker of another version is refused in words on both sides', async () => {
    const line = new StudioLine({ studio: farm.address, token: farm.token })
    await expect(line.beat({ ...beat('old', '0.0.1'), lanes: ['gpu'] })).rejects.toMatchObject({
      code: 'WORKER_VERSION',
    })
    expect(await machineNamed('old')).toMatchObject({ state: 'refused', reason: expect.stringContaining('version') })
  })

  test('a worker with a wrong token ends and says why, and so does the studio', async () => {
    const stranger = farm.addWorker('stranger', { token: 'guess' })
    expect(await stranger.ended).toBe(1)
    expect(stranger.words()).toContain('does not know the token')
    expect(await machineNamed('stranger')).toMatchObject({ state: 'refused', reason: expect.stringContaining('token') })
  })
})
