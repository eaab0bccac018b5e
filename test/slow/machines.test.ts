import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { SweepPlan } from '@shared/config/sweep'
import type { Api } from '@shared/contract'
import type { Run } from '@shared/contract/learning'
import { builtHost, removeHost } from '../support/built-host'
import { Farm } from '../support/farm'
import { noRedis } from '../support/redis-server'
import { tempFolder, useCachedEngine } from '../support/studio'
import { wholeCurve } from '../support/whole-curve'

if (noRedis) console.warn(`skipped: ${noRedis}`)

const small = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'] as const, batch: 8 }
const epochs = 10
const jobs = 12

describe.skipIf(noRedis !== null)('twelve trainings on four workers, and everything dies once', () => {
  const folder = tempFolder()
  let host = ''
  let farm: Farm

  beforeAll(async () => {
    await useCachedEngine()
    host = await builtHost()
    farm = await Farm.start(host, folder.path)
  })
  afterAll(async () => {
    await farm.close()
    removeHost(host)
    folder[Symbol.dispose]()
  })

  const runsWhere = async (is: (run: Run) => boolean) => (await (await farm.api()).learning.runs()).filter(is)
  const until = async (what: string, is: () => Promise<boolean>, most = 15 * 60_000) => {
    for (const end = Date.now() + most; Date.now() < end; await pause(500)) if (await is()) return
    throw new Error(`it did not come to this in time: ${what}`)
  }
  const done = () => runsWhere(({ state }) => state === 'done')

  test('two workers killed, Redis restarted, the studio killed and started: each is done once, with a whole curve', async () => {
    const api = await farm.api()
    const config = ClassifierConfig.parse({ ...small, epochs })
    const { sweep, runs: started } = await api.sweeps.start({
      start: { kind: 'classifier', preset: 'Custom', name: 'seed', config },
      axes: [{ field: 'seed', from: 1, to: jobs, scale: 'linear' }],
      plan: SweepPlan.parse({}),
    })
    expect(started).toHaveLength(jobs)
    for (const name of ['w1', 'w2', 'w3', 'w4']) farm.addWorker(name)
    await until('four at work', async () => (await runsWhere(({ state }) => state === 'running')).length === 4)
    // In the middle of a training each: some of it is at the studio.
    await until('some of it trained', async () => {
      const running = await runsWhere(({ state }) => state === 'running')
      const curves = await Promise.all(running.map(async ({ id }) => (await farm.api()).learning.metrics({ id })))
      return curves.filter((points) => points.some(({ epoch }) => epoch >= 2)).length >= 2
    })
    for (const worker of farm.workers.slice(0, 2)) worker.process.kill('SIGKILL')
    await until('more done', async () => (await done()).length >= 3)
    await farm.redis.restart({ hard: true, awayMs: 3_000 })
    await until('more done after Redis', async () => (await done()).length >= 6)
    await farm.restartStudio({ awayMs: 4_000 })
    await until('all done', async () => (await done()).length === jobs)

    const end = await farm.api()
    const runs = await end.learning.runs()
    expect(runs.map(({ state, sweep: of }) => [state, of])).toEqual(Array(jobs).fill(['done', sweep]))
    expect(await end.sweeps.list()).toMatchObject([{ id: sweep, name: 'seed' }])
    const seeds = runs.map(({ config: of }) => ClassifierConfig.parse(of).seed).sort((x, y) => x - y)
    expect(seeds).toEqual(Array.from({ length: jobs }, (_, i) => i + 1))
    expect(new Set(runs.map(({ name }) => name)).size).toBe(jobs)
    for (const { id, name } of runs) {
      expect(wholeCurve(await end.learning.metrics({ id }), epochs), name).toEqual([])
      const points = await end.learning.metrics({ id })
      expect(
        points.filter(({ values }) => 'testAccuracy' in values),
        name,
      ).toHaveLength(1)
      expect(existsSync(join(farm.project, 'runs', id, 'model', 'weights.safetensors')), name).toBe(true)
      expect(existsSync(join(farm.project, 'runs', id, 'incoming')), name).toBe(false)
    }
    const ends = farm.workers.map(({ words }) => [...words().matchAll(/: done/g)].length)
    const resumed = await Promise.all(
      runs.map(async ({ id }) => (await end.learning.log({ id })).filter(isResumed).length),
    )
    console.log(JSON.stringify({ jobs, ends, resumed: resumed.reduce((a, b) => a + b) }))
    for (const { words } of [...farm.workers, farm.studio]) expect(words()).not.toMatch(/unhandled/i)
  })

  test('a seed trained on a worker that was killed gives the same numbers as one that was left alone', async () => {
    const api = await farm.api()
    const killed = await resumedRun(api)
    const again = await api.learning.start({
      ...({ kind: 'classifier', preset: 'Custom', name: 'again' } as const),
      config: ClassifierConfig.parse(killed.config),
    })
    await until('the second one done', async () => (await api.learning.run({ id: again.run })).state === 'done')
    expect((await api.learning.run({ id: again.run })).headline).toEqual(killed.headline)
    expect((await api.learning.log({ id: again.run })).some(isResumed)).toBe(false)
  })
})

/** A run that somebody went on with. */
async function resumedRun(api: Api): Promise<Run> {
  for (const run of await api.learning.runs()) if ((await api.learning.log({ id: run.id })).some(isResumed)) return run
  throw new Error('no run was resumed')
}

function isResumed(line: string): boolean {
  return line.endsWith(' resumed')
}
