import { expect, test } from 'vitest'
import type { JobKind } from '@shared/contract/jobs'
import { JobId } from '@shared/ids'
import { DividedJobStore } from '@main/jobs/divided-job-store'
import { MemoryJobStore } from '@main/jobs/memory-job-store'
import { describeJobStore } from '../../../support/job-store-promises'

const divided = (now?: () => number) => {
  const [shared, own] = [new MemoryJobStore(now), new MemoryJobStore(now)]
  return { shared, own, store: new DividedJobStore({ kinds: ['classifier'], shared, own }) }
}
const aJob = (id: string, kind: JobKind) => ({
  ...{ id: JobId.parse(id), kind, title: id, payload: null, run: null, priority: 0, after: [], mostAttempts: 3 },
})

describeJobStore('divided', () => {
  let now = 1
  return { store: divided(() => now).store, pass: (ms) => (now += ms) }
})

test('jobs of the kinds that machines share lie in the shared store, all others in the own one, and the list is one', async () => {
  const { shared, own, store } = divided()
  await store.add(aJob('far', 'classifier'))
  await store.add(aJob('near', 'import'))
  expect((await shared.list()).map(({ id }) => id)).toEqual(['far'])
  expect((await own.list()).map(({ id }) => id)).toEqual(['near'])
  expect((await store.list()).map(({ id }) => id).sort()).toEqual(['far', 'near'])
})

test('a training that was left in the project goes on where machines find it, and nowhere else', async () => {
  const { shared, own, store } = divided()
  const held = { id: JobId.parse('left'), owner: 'a' }
  await own.add(aJob('left', 'classifier'))
  await own.claim({ kinds: ['classifier'], owner: 'a', leaseMs: 1000 })
  await own.settle(held, { state: 'interrupted' })
  await store.requeue(held.id)
  expect(await store.get(held.id)).toMatchObject({ state: 'queued' })
  expect((await shared.claim({ kinds: ['classifier'], owner: 'b', leaseMs: 1000 }))?.job.id).toBe('left')
  expect(await own.claim({ kinds: ['classifier'], owner: 'c', leaseMs: 1000 })).toBeNull()
  expect(await store.list()).toHaveLength(1)
})

test('what was begun or waits in the project when machines come to share its work goes on where they find it', async () => {
  let now = 1
  const { shared, own, store } = divided(() => now)
  for (const id of ['begun', 'waits', 'held']) await own.add(aJob(id, 'classifier'))
  const claim = { kinds: ['classifier' as const], owner: 'a', leaseMs: 1000 }
  await own.claim({ ...claim, only: [JobId.parse('begun')] })
  now += 1001
  await own.claim({ ...claim, only: [JobId.parse('held')] })
  await own.add(aJob('near', 'import'))
  await store.sweep()
  expect((await shared.list()).map(({ id, state }) => [id, state]).sort()).toEqual([
    ['begun', 'queued'],
    ['waits', 'queued'],
  ])
  const taken = [await shared.claim(claim), await shared.claim(claim)]
  expect(taken.map((claimed) => [claimed?.job.id, claimed?.resumed])).toEqual([
    ['begun', true],
    ['waits', false],
  ])
  expect(await own.list(['queued', 'running'])).toMatchObject([{ id: 'near' }, { id: 'held' }])
  expect(await store.list()).toHaveLength(4)
})
