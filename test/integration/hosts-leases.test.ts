import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { SampleConfig } from '@shared/config/sample'
import type { Job } from '@shared/contract/jobs'
import type { MetricPoint, Run } from '@shared/contract/learning'
import { builtHost, removeHost } from '../support/built-host'
import { type Served, served } from '../support/served'
import { studioIn, tempFolder, useCachedEngine } from '../support/studio'

const folder = tempFolder()
const project = join(folder.path, 'project')
/** More than are trained while anything here is waited for: the run ends when the test stops it. */
const epochs = 1_000
let host = ''
const hosts: Served[] = []

/** A host of its own, with a home of its own, as on another machine that reaches the same folder. */
async function aHost(name: string): Promise<Served> {
  // The engine that the sample was made with: where there is one in the cache, the native one.
  const engine = process.env.WHYNOT_ENGINE ?? ''
  const own = await served(host, join(folder.path, name), [], { WHYNOT_ENGINE: engine })
  hosts.push(own)
  return own
}

async function ask<T>({ address, token }: Served, method: 'GET' | 'POST', path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const said = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${address}/api${path}`, { method, headers, ...said })
  return { status: answer.status, said: (await answer.json()) as T }
}

beforeAll(async () => {
  await useCachedEngine()
  host = await builtHost()
  await using own = studioIn(host, join(folder.path, 'maker'))
  await own.api.project.create({ path: project })
  const sample = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, train: 32, test: 8 })
  const { job } = await own.studio.workspace().samples.start(sample)
  await vi.waitUntil(async () => (await own.api.jobs.get({ id: job })).state === 'done', {
    ...{ timeout: 110_000, interval: 100 },
  })
})
afterAll(async () => {
  for (const own of hosts) await own.stop()
  folder[Symbol.dispose]()
  removeHost(host)
})

test('a second host is told and touches no job of the first; when that dies, it goes on with its run from the checkpoint', async () => {
  const [first, second] = [await aHost('first'), await aHost('second')]
  await ask(first, 'POST', '/project', { path: project })
  const small = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'], batch: 8 }
  const config = ClassifierConfig.parse({ ...small, epochs })
  const start = { kind: 'classifier', preset: 'Custom', config }
  const { run, job } = (await ask<{ run: string; job: string }>(first, 'POST', '/runs', start)).said
  const points = async (at: Served) => (await ask<MetricPoint[]>(at, 'GET', `/runs/${run}/metrics`)).said
  const jobAt = async (at: Served) => (await ask<Job>(at, 'GET', `/jobs/${job}`)).said
  const logAt = async (at: Served) => (await ask<string[]>(at, 'GET', `/runs/${run}/log`)).said.join('\n')
  const isRunning = async () => (await jobAt(first)).state === 'running'
  await vi.waitUntil(isRunning, { timeout: 120_000, interval: 20 })
  const { startedAt } = await jobAt(first)

  const refused = await ask<{ code: string }>(second, 'POST', '/project', { path: project })
  expect([refused.status, refused.said.code]).toEqual([409, 'DATABASE_BUSY'])
  expect(await jobAt(first)).toMatchObject({ state: 'running', startedAt, failure: null })
  expect(await logAt(first)).not.toContain('resumed')

  // Its second epoch: there is a checkpoint to go on from.
  const hasCheckpoint = async () => (await points(first)).some(({ epoch }) => epoch > 1)
  await vi.waitUntil(hasCheckpoint, { timeout: 240_000, interval: 20 })
  const gone = new Promise((done) => first.process.once('exit', done))
  first.process.kill('SIGKILL')
  await gone
  expect((await ask(second, 'POST', '/project', { path: project })).status).toBe(200)
  const before = Math.max(...(await points(second)).map(({ epoch }) => epoch))
  // The lease of the dead host runs out first: until then the job might still be done elsewhere.
  const hasGoneOn = async () => (await points(second)).some(({ epoch }) => epoch > before + 1)
  await vi.waitUntil(hasGoneOn, { timeout: 240_000, interval: 200 })
  expect(await logAt(second)).toContain('resumed')
  await ask(second, 'POST', `/jobs/${job}/cancel`)
  await vi.waitUntil(async () => (await jobAt(second)).state === 'cancelled', { timeout: 120_000, interval: 100 })
  expect((await ask<Run>(second, 'GET', `/runs/${run}`)).said).toMatchObject({ state: 'cancelled', failure: null })
  const curve = (await points(second)).filter(({ values }) => 'loss' in values)
  const steps = curve.map(({ step }) => step)
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
  expect(new Set(curve.map(({ epoch }) => epoch)).size).toBe(curve.length)
  expect(curve.length).toBeGreaterThan(3)
  const gaps = new Set(steps.slice(1).map((step, i) => step - (steps[i] ?? 0)))
  expect([...gaps]).toHaveLength(1)
}, 600_000)
