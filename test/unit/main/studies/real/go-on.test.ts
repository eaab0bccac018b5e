import { beforeEach, expect, test, vi } from 'vitest'
import { JobId } from '@shared/ids'
import { newId } from '@main/store/database/new-id'
import { JobQueue } from '@main/jobs/job-queue'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import type { Api } from '@shared/contract'
import { goOn } from '@main/studies/real/go-on'

let store: MemoryJobStore
beforeEach(() => {
  store = new MemoryJobStore()
})

/** What a study asks of jobs, with a queue that takes up nothing that others left, as a command's. */
function studying() {
  const done: string[] = []
  const runner = async ({ id }: { id: JobId }) => void done.push(id)
  const queue = new JobQueue(
    store,
    { classifier: runner },
    { logUnknown: String, onChange: () => {} },
    { adopts: false },
  )
  const jobs = {
    get: ({ id }: { id: JobId }) => queue.get(id),
    cancel: ({ id }: { id: JobId }) => queue.cancel(id),
    resume: ({ id }: { id: JobId }) => queue.resume(id),
  }
  return { done, queue, api: { jobs } as unknown as Pick<Api, 'jobs'> }
}

test('a training that a killed study left behind goes on, as soon as its lease has run out', async () => {
  const id = newId(JobId)
  const asked = { title: 'Training one', run: null, payload: null, priority: 0, after: [], mostAttempts: 3 }
  await store.add({ ...asked, id, kind: 'classifier' })
  await store.claim({ kinds: ['classifier'], owner: 'who died', leaseMs: 300 })
  const { done, queue, api } = studying()
  await goOn(api, id)
  await vi.waitUntil(() => done.includes(id), { timeout: 20_000 })
  expect(await queue.get(id)).toMatchObject({ state: 'done', failure: null })
  await queue.close()
})
