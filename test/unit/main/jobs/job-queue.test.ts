import { afterEach, expect, test, vi } from 'vitest'
import { ImportOptions } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { EvaluationId, JobId } from '@shared/ids'
import { JobQueue, type QueueHooks, type QueueOptions, type RunJob, type Runners } from '@main/jobs/job-queue'
import { NotHere } from '@main/jobs/job-outcome'
import type { JobStore } from '@main/jobs/job-store'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import { WorkerLost } from '@main/process/worker-lost'

const open: JobQueue[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()))
})

interface QueueOfTest {
  store?: JobStore
  hooks?: Partial<QueueHooks>
  options?: Partial<QueueOptions>
}

function aQueue(runners: Runners, { store = new MemoryJobStore(), hooks, options }: QueueOfTest = {}) {
  const unknown: unknown[] = []
  const logUnknown = (error: unknown) => `id${unknown.push(error)}`
  const queue = new JobQueue(store, runners, { logUnknown, ...hooks }, { retryMs: 1, ...options })
  open.push(queue)
  return { queue, store, unknown }
}

const aClassifier = { kind: 'classifier', title: 'a job', payload: null } as const
const anExplainer = { kind: 'explainer', title: 'a job', payload: null } as const
const anEvaluation = { kind: 'evaluation', title: 'a job', payload: { evaluation: EvaluationId.parse('e') } } as const
const anImport = (path = '/a') => ({
  kind: 'import' as const,
  title: 'a job',
  payload: ImportOptions.parse({ paths: [path] }),
})

/** Runs until it is told to stop. */
const untilStopped: RunJob = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

test('a job runs, gets what it was asked, keeps its result and tells who watches', async () => {
  const { queue } = aQueue({ import: async ({ payload }) => ({ first: payload.paths[0] }) })
  const job = await queue.start(anImport('/films'))
  expect(await queue.ended(job.id)).toMatchObject({ state: 'done', result: { first: '/films' }, failure: null })
})

test('what nobody here runs, or its kind does not take, is refused and leaves nothing', async () => {
  const { queue } = aQueue({ import: async () => null })
  await expect(queue.start(aClassifier)).rejects.toThrow('nothing runs jobs of kind classifier')
  const wrong = { ...anImport(), payload: { paths: 'all of them' } as never }
  await expect(queue.start(wrong)).rejects.toMatchObject({ code: 'BAD_SETTING', data: { setting: 'import' } })
  expect(await queue.list()).toEqual([])
})

test('the same id twice is one job, done once', async () => {
  let runs = 0
  const { queue } = aQueue({ import: async () => void runs++ })
  const id = JobId.parse('backup of today')
  await Promise.all([queue.start({ ...anImport(), id }), queue.start({ ...anImport(), id })])
  await queue.ended(id)
  expect([runs, (await queue.list()).length]).toEqual([1, 1])
})

test('jobs of the device wait for each other in the order they came; imports go beside them', async () => {
  const order: string[] = []
  const note =
    (name: string): RunJob =>
    async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 20))
      order.push(`${name} ends`)
    }
  const { queue } = aQueue({ classifier: note('classifier'), explainer: note('explainer'), import: note('import') })
  const jobs = [await queue.start(aClassifier), await queue.start(anExplainer), await queue.start(anImport())]
  await Promise.all(jobs.map(({ id }) => queue.ended(id)))
  expect(order.indexOf('explainer begins')).toBeGreaterThan(order.indexOf('classifier ends'))
  expect(order.indexOf('import begins')).toBeLessThan(order.indexOf('classifier ends'))
})

test('the higher rank goes first, and what waits for another job after it', async () => {
  const order: string[] = []
  const { queue } = aQueue({ classifier: async ({ id }) => void order.push(id), explainer: untilStopped })
  const blocking = await queue.start(anExplainer)
  const last = await queue.start({ ...aClassifier, id: JobId.parse('last'), priority: 1, after: [JobId.parse('low')] })
  await queue.start({ ...aClassifier, id: JobId.parse('low') })
  await queue.start({ ...aClassifier, id: JobId.parse('high'), priority: 5 })
  await queue.cancel(blocking.id)
  await queue.ended(last.id)
  expect(order).toEqual(['high', 'low', 'last'])
})

test('what waits for a job that came to nothing is cancelled', async () => {
  const { queue } = aQueue({ classifier: untilStopped, explainer: async () => null })
  const first = await queue.start(aClassifier)
  const second = await queue.start({ ...anExplainer, after: [first.id] })
  await queue.cancel(first.id)
  expect((await queue.ended(second.id)).state).toBe('cancelled')
})

test('a job stopped in its first moments is cancelled, a waiting one at once', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const first = await queue.start(aClassifier)
  const second = await queue.start(aClassifier)
  expect((await queue.cancel(second.id)).state).toBe('cancelled')
  await queue.cancel(first.id)
  expect(await queue.ended(first.id)).toMatchObject({ state: 'cancelled', failure: null })
})

test('a paused training puts its work away and frees its lane; resumed, it goes on, and what waited for it after it', async () => {
  const begun: boolean[] = []
  const work: RunJob = (context) => {
    begun.push(context.resumed)
    return context.resumed ? Promise.resolve('whole') : untilStopped(context)
  }
  const { queue } = aQueue({ classifier: work, explainer: async () => null })
  const first = await queue.start(aClassifier)
  const behind = await queue.start({ ...anExplainer, after: [first.id] })
  const free = await queue.start(anExplainer)
  await queue.pause(first.id)
  expect((await queue.ended(first.id)).state).toBe('paused')
  expect((await queue.ended(free.id)).state).toBe('done')
  expect((await queue.get(behind.id)).state).toBe('queued')
  await queue.resume(first.id)
  expect(await queue.ended(first.id)).toMatchObject({ state: 'done', result: 'whole' })
  expect((await queue.ended(behind.id)).state).toBe('done')
  expect(begun).toEqual([false, true])
})

test('what cannot go on from where it was is not paused', async () => {
  const { queue } = aQueue({ import: untilStopped })
  const { id } = await queue.start(anImport())
  await expect(queue.pause(id)).rejects.toMatchObject({ code: 'BAD_SETTING', data: { setting: 'job' } })
  expect((await queue.get(id)).state).toBe('running')
})

test('a failure of the catalogue is kept with its sentence; another one gets the id of its log entry', async () => {
  const { queue, unknown } = aQueue({
    import: () => Promise.reject(new Failure('NOTHING_TO_IMPORT', { paths: ['/a'] })),
    evaluation: () => Promise.reject(new Error('odd')),
  })
  const [known, odd] = [await queue.start(anImport()), await queue.start(anEvaluation)]
  expect(await queue.ended(known.id)).toMatchObject({
    state: 'failed',
    failure: { code: 'NOTHING_TO_IMPORT', data: { paths: ['/a'] } },
  })
  expect((await queue.ended(odd.id)).failure).toMatchObject({ code: 'INTERNAL', data: { id: 'id1', reason: 'odd' } })
  expect(unknown).toHaveLength(1)
})

test('a job whose process died goes on by itself', async () => {
  const seen: boolean[] = []
  const { queue } = aQueue({
    classifier: async ({ resumed }) => {
      seen.push(resumed)
      if (!resumed) throw new WorkerLost('signal SIGKILL')
    },
  })
  const job = await queue.start(aClassifier)
  expect((await queue.ended(job.id)).state).toBe('done')
  expect(seen).toEqual([false, true])
})

test('a job that takes its process down each time is interrupted after three, says why, and can be resumed', async () => {
  let deadly = true
  let tries = 0
  const { queue } = aQueue({
    classifier: async () => {
      tries++
      if (deadly) throw new WorkerLost('signal SIGKILL')
    },
  })
  const job = await queue.start(aClassifier)
  const ended = await queue.ended(job.id)
  expect(ended).toMatchObject({ state: 'interrupted', failure: { data: { reason: expect.stringMatching(/SIGKILL/) } } })
  expect(tries).toBe(3)
  deadly = false
  await queue.resume(job.id)
  expect(await queue.ended(job.id)).toMatchObject({ state: 'done', failure: null })
})

test('a waiting retry can be cancelled', async () => {
  const runners = { classifier: () => Promise.reject(new WorkerLost('signal SIGKILL')) }
  const { queue } = aQueue(runners, { options: { retryMs: 60_000 } })
  const { id } = await queue.start(aClassifier)
  await vi.waitUntil(async () => (await queue.get(id)).state === 'queued')
  expect((await queue.cancel(id)).state).toBe('cancelled')
})

test('a second host leaves the jobs of the first alone', async () => {
  const { queue, store } = aQueue({ classifier: untilStopped })
  const [held, waits] = [await queue.start(aClassifier), await queue.start(aClassifier)]
  const other = aQueue({ classifier: async () => null }, { store, options: { adopts: false } }).queue
  await other.start(aClassifier)
  await other.close()
  expect((await queue.get(held.id)).state).toBe('running')
  expect((await queue.get(waits.id)).state).toBe('queued')
})

test('what a host that was killed held goes on elsewhere when its lease ends, and what waited there too', async () => {
  let now = 0
  const store = new MemoryJobStore(() => now)
  const dead = aQueue({ classifier: untilStopped }, { store, options: { leaseMs: 1e9 } }).queue
  const jobs = [await dead.start(aClassifier), await dead.start(aClassifier)]
  // No close: the process was killed.
  const seen: boolean[] = []
  const next = aQueue(
    { classifier: async ({ resumed }) => void seen.push(resumed) },
    { store, options: { leaseMs: 60 } },
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await next.queue.get(jobs[0]?.id ?? JobId.parse(''))).state).toBe('running')
  now = 2e9
  for (const { id } of jobs) expect((await next.queue.ended(id)).state).toBe('done')
  expect(seen).toEqual(expect.arrayContaining([true, false]))
})

test('closing interrupts what runs or waits instead of cancelling it', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const [job, waiting] = [await queue.start(aClassifier), await queue.start(aClassifier)]
  await queue.close()
  expect((await queue.get(job.id)).state).toBe('interrupted')
  expect((await queue.get(waiting.id)).state).toBe('interrupted')
})

test('an ended job can be neither stopped nor, when it is done, resumed', async () => {
  const { queue } = aQueue({ import: async () => null })
  const job = await queue.start(anImport())
  await queue.ended(job.id)
  await expect(queue.cancel(job.id)).rejects.toMatchObject({ code: 'JOB_NOT_RUNNING' })
  await expect(queue.resume(job.id)).rejects.toMatchObject({ code: 'JOB_NOT_RUNNING' })
})

test('who watches hears first of the jobs that are open, then of each change', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const job = await queue.start(aClassifier)
  const stop = new AbortController()
  const states: string[] = []
  for await (const { state } of queue.watch(stop.signal)) {
    states.push(state)
    if (state === 'running') await queue.cancel(job.id)
    if (state === 'cancelled') break
  }
  expect(states).toEqual(['running', 'cancelled'])
})

test('a store that cannot be written for a while, or a listener that throws, ends neither host nor job', async () => {
  const store = new MemoryJobStore()
  let failures = 3
  const settle = store.settle.bind(store)
  store.settle = async (...call) => {
    if (failures-- > 0) throw new Failure('DATABASE_BUSY', { path: '/p' })
    return settle(...call)
  }
  const onChange = () => {
    throw new Error('a listener')
  }
  const { queue, unknown } = aQueue({ import: async () => 'kept' }, { store, hooks: { onChange } })
  const job = await queue.start(anImport())
  expect(await queue.ended(job.id)).toMatchObject({ state: 'done', result: 'kept' })
  expect(unknown).toContainEqual(expect.objectContaining({ code: 'DATABASE_BUSY' }))
})

test('kinds that others do are started here, left to them, followed, and go on when this host closes', async () => {
  const store = new MemoryJobStore()
  const hearers = new Set<(id: JobId) => void>()
  const shared = Object.assign(store, {
    listen: (hear: (id: JobId) => void) => {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  })
  const { queue } = aQueue({}, { store: shared, options: { elsewhere: ['classifier'] } })
  const { id } = await queue.start(aClassifier)
  const ended = queue.ended(id)
  const tell = () => hearers.forEach((hear) => hear(id))
  await store.claim({ kinds: ['classifier'], owner: 'another', leaseMs: 60_000 })
  tell()
  await queue.tell(id, { label: 'training', done: 1, total: 2, secondsLeft: null })
  expect(await queue.get(id)).toMatchObject({ state: 'running', progress: { done: 1 } })
  await store.settle({ id, owner: 'another' }, { state: 'done', result: 5 })
  tell()
  expect(await ended).toMatchObject({ state: 'done', result: 5, progress: null })
  const waiting = await queue.start(aClassifier)
  await queue.close()
  expect(await store.get(waiting.id)).toMatchObject({ state: 'queued' })
})

test('a host that hands over gives back what it closes over, and takes nothing while it may not', async () => {
  const store = new MemoryJobStore()
  let mayTake = false
  const { queue } = aQueue(
    { classifier: untilStopped },
    { store, options: { handsOver: true, mayTake: () => mayTake } },
  )
  const { id } = await queue.start(aClassifier)
  expect(await store.get(id)).toMatchObject({ state: 'queued' })
  mayTake = true
  await queue.start(anExplainer).catch(() => {})
  await queue.resume(id).catch(() => {})
  const other = aQueue({ classifier: untilStopped }, { store, options: { handsOver: true } }).queue
  await expect.poll(async () => (await store.get(id))?.state).toBe('running')
  await other.close()
  expect(await store.get(id)).toMatchObject({ state: 'queued' })
})

test('work that cannot be done here is given back, and a store that is away keeps no host from closing', async () => {
  const store = new MemoryJobStore()
  let tries = 0
  const { queue, unknown } = aQueue({
    classifier: async () => {
      if (tries++ === 0) throw new NotHere('no room')
    },
  })
  const { id } = await queue.start(aClassifier)
  expect(await queue.ended(id)).toMatchObject({ state: 'done' })
  expect(tries).toBe(2)
  const away = aQueue({}, { store: Object.assign(store, { list: () => Promise.reject(new Error('away')) }) })
  await away.queue.close()
  expect(unknown).toEqual([])
  expect(away.unknown).toHaveLength(1)
})
