import { expect, test } from 'vitest'
import type { JobKind } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import { JobQueue, type RunJob } from '@main/jobs/job-queue'
import { MemoryJobStore } from '@main/jobs/job-store'
import { WorkerLost } from '@main/process/worker-lost'

function aQueue(runners: Partial<Record<JobKind, RunJob>>, store = new MemoryJobStore()) {
  const unknown: unknown[] = []
  const queue = new JobQueue(store, runners, { logUnknown: (error) => `id${unknown.push(error)}` })
  return { queue, store, unknown }
}

const aJob = (kind: JobKind, payload: unknown = null) => ({ kind, title: 'a job', payload })

/** Runs until it is told to stop. */
const untilStopped: RunJob = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

test('a job runs, keeps its result and tells who watches', async () => {
  const { queue } = aQueue({ import: async ({ payload }) => ({ doubled: Number(payload) * 2 }) })
  const job = queue.start(aJob('import', 21))
  expect(await queue.ended(job.id)).toMatchObject({ state: 'done', result: { doubled: 42 }, failure: null })
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
  const jobs = (['classifier', 'explainer', 'import'] as const).map((kind) => queue.start(aJob(kind)))
  await Promise.all(jobs.map(({ id }) => queue.ended(id)))
  expect(order.indexOf('explainer begins')).toBeGreaterThan(order.indexOf('classifier ends'))
  expect(order.indexOf('import begins')).toBeLessThan(order.indexOf('classifier ends'))
})

test('a job stopped in its first moments is cancelled, a waiting one at once', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const first = queue.start(aJob('classifier'))
  const second = queue.start(aJob('classifier'))
  expect(queue.cancel(second.id).state).toBe('cancelled')
  queue.cancel(first.id)
  expect(await queue.ended(first.id)).toMatchObject({ state: 'cancelled', failure: null })
})

test('a failure of the catalogue is kept with its sentence; another one gets the id of its log entry', async () => {
  const { queue, unknown } = aQueue({
    import: () => Promise.reject(new Failure('NOTHING_TO_IMPORT', { paths: ['/a'] })),
    evaluation: () => Promise.reject(new Error('odd')),
  })
  const [known, odd] = [queue.start(aJob('import')), queue.start(aJob('evaluation'))]
  expect(await queue.ended(known.id)).toMatchObject({
    state: 'failed',
    failure: { code: 'NOTHING_TO_IMPORT', data: { paths: ['/a'] } },
  })
  expect((await queue.ended(odd.id)).failure).toMatchObject({ code: 'INTERNAL', data: { id: 'id1', reason: 'odd' } })
  expect(unknown).toHaveLength(1)
})

test('a job whose process died is interrupted and goes on when it is resumed', async () => {
  const seen: boolean[] = []
  const { queue } = aQueue({
    classifier: async ({ resumed }) => {
      seen.push(resumed)
      if (!resumed) throw new WorkerLost('signal SIGKILL')
    },
  })
  const job = queue.start(aJob('classifier'))
  expect((await queue.ended(job.id)).state).toBe('interrupted')
  queue.resume(job.id)
  expect((await queue.ended(job.id)).state).toBe('done')
  expect(seen).toEqual([false, true])
})

test('what ran or waited when the studio ended is interrupted at the next start', async () => {
  const store = new MemoryJobStore()
  const { queue } = aQueue({ classifier: untilStopped }, store)
  const jobs = [queue.start(aJob('classifier')), queue.start(aJob('classifier'))]
  // No close: the process was killed.
  const again = aQueue({}, store).queue
  expect(jobs.map(({ id }) => again.get(id).state)).toEqual(['interrupted', 'interrupted'])
})

test('closing interrupts what runs instead of cancelling it', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const job = queue.start(aJob('classifier'))
  await queue.close()
  expect(queue.get(job.id).state).toBe('interrupted')
})

test('an ended job can be neither stopped nor, when it is done, resumed', async () => {
  const { queue } = aQueue({ import: async () => null })
  const job = queue.start(aJob('import'))
  await queue.ended(job.id)
  expect(() => queue.cancel(job.id)).toThrow(expect.objectContaining({ code: 'JOB_NOT_RUNNING' }))
  expect(() => queue.resume(job.id)).toThrow(expect.objectContaining({ code: 'JOB_NOT_RUNNING' }))
})

test('who watches hears first of the jobs that are open, then of each change', async () => {
  const { queue } = aQueue({ classifier: untilStopped })
  const job = queue.start(aJob('classifier'))
  const stop = new AbortController()
  const states: string[] = []
  for await (const { state } of queue.watch(stop.signal)) {
    states.push(state)
    if (state === 'running') queue.cancel(job.id)
    if (state === 'cancelled') break
  }
  expect(states).toEqual(['running', 'cancelled'])
})
