import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineService } from '@main/system/engine-service'
import { JobQueue } from '@main/jobs/job-queue'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import type { EngineInstallation, ensureEngine } from '@main/learning/engine/install/ensure-engine'

// What the person who runs the tests asks for is not what these tests are about.
beforeEach(() => vi.stubEnv('WHYNOT_ENGINE', undefined))
afterEach(() => vi.unstubAllEnvs())

const native: EngineInstallation = { variant: 'cpu', version: '2.21.0', folder: '/engine', reason: 'no driver' }
const none: EngineInstallation = { variant: 'wasm', version: '', folder: null, reason: 'not installed yet' }

function anEngine(ensure: (options: NonNullable<Parameters<typeof ensureEngine>[0]>) => Promise<EngineInstallation>) {
  const opened: EngineInstallation[] = []
  const onInstalled = vi.fn()
  const jobs: JobQueue = new JobQueue(
    new MemoryJobStore(),
    { engine: (context) => engine.runJob(context) },
    { logUnknown: () => 'id' },
  )
  const engine: EngineService = new EngineService({
    jobs,
    ensure: (options = {}) => ensure(options),
    open: async (installation) => {
      opened.push(installation)
      const backend = installation.folder ? ('tensorflow' as const) : ('wasm' as const)
      const { version, reason } = installation
      return { backend, version, reason, device: 'cpu', cores: 2, instructionSets: [] }
    },
    onInstalled,
    onChange: () => {},
  })
  return { engine, jobs, opened, onInstalled }
}

test('an engine in the cache is opened at once, without a job', async () => {
  const { engine, jobs, opened } = anEngine(async () => native)
  expect(engine.report().state).toBe('looking')
  await engine.ready()
  expect(engine.report()).toMatchObject({ state: 'ready', backend: 'tensorflow', version: '2.21.0' })
  expect([await jobs.list(), opened]).toEqual([[], [native]])
})

test('otherwise it is put in by a job, once for everybody who waits, and processes start anew', async () => {
  let installs = 0
  const { engine, jobs, onInstalled } = anEngine(async ({ install = true }) => {
    if (!install) return none
    installs++
    return native
  })
  await Promise.all([engine.ready(), engine.ready()])
  expect(installs).toBe(1)
  expect(await jobs.list()).toMatchObject([{ kind: 'engine', state: 'done' }])
  expect(onInstalled).toHaveBeenCalledOnce()
  expect(engine.report().backend).toBe('tensorflow')
})

test('what the machine lacks is no failure: WebAssembly stands in, with the reason', async () => {
  const lacking = { ...none, reason: 'python3 is not there' }
  const { engine } = anEngine(async ({ install = true }) => (install ? lacking : none))
  await engine.ready()
  expect(engine.report()).toMatchObject({ state: 'ready', backend: 'wasm', reason: 'python3 is not there' })
})

test('trying again looks again', async () => {
  let there = false
  const { engine } = anEngine(async () => (there ? native : none))
  await engine.ready()
  expect(engine.report().backend).toBe('wasm')
  there = true
  engine.install()
  await engine.ready()
  expect(engine.report().backend).toBe('tensorflow')
})

test('who waits may stop waiting; the engine goes on', async () => {
  const { engine } = anEngine(
    ({ install = true }) => new Promise((resolve) => setTimeout(() => resolve(install ? native : none), 20)),
  )
  const stop = new AbortController()
  const waiting = engine.waitFor(stop.signal, () => {})
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  await engine.ready()
  expect(engine.report().backend).toBe('tensorflow')
})
