import { describe, expect, test } from 'vitest'
import type { JobKind } from '@shared/contract/jobs'
import { JobId } from '@shared/ids'
import type { JobStore, NewStoredJob } from '@main/jobs/job-store'

/** A store for one test, and the clock it goes by. */
export interface StoreOfTest {
  store: JobStore
  /** Lets time pass, for the store alone. */
  pass: (ms: number) => unknown
}

const a = 'host a'
const b = 'host b'
const leaseMs = 1_000
const claimOf = (owner: string, kinds: readonly JobKind[] = ['import', 'classifier']) => ({ kinds, owner, leaseMs })

function aJob(id: string, values: Partial<NewStoredJob> = {}): NewStoredJob {
  const usual = {
    kind: 'import',
    title: id,
    payload: null,
    run: null,
    priority: 0,
    after: [],
    mostAttempts: 2,
  } as const
  return { id: JobId.parse(id), ...usual, ...values }
}

const idOf = (id: string) => JobId.parse(id)

/** What every store of jobs promises. `open` gives an empty one. */
export function describeJobStore(name: string, open: () => StoreOfTest | Promise<StoreOfTest>): void {
  describe(`${name}: what is kept`, () => {
    test('a job is kept with what it was asked, and waits; newest first', async () => {
      const { store } = await open()
      const payload = { paths: ['/a', 'ü 👀'] }
      const made = await store.add(aJob('j1', { payload }))
      expect(made).toMatchObject({ id: 'j1', state: 'queued', payload, attempts: 0, startedAt: null, endedAt: null })
      await store.add(aJob('j2'))
      expect((await store.list()).map(({ id }) => id)).toEqual(['j2', 'j1'])
      expect(await store.get(idOf('none'))).toBeNull()
      expect(await store.list(['running'])).toEqual([])
    })

    test('the same id twice is one job', async () => {
      const { store } = await open()
      await store.add(aJob('j1', { title: 'first' }))
      expect((await store.add(aJob('j1', { title: 'second' }))).title).toBe('first')
      expect(await store.list()).toHaveLength(1)
    })
  })

  describe(`${name}: what comes from another store`, () => {
    test('a job that was begun there is resumed here', async () => {
      const { store } = await open()
      expect(await store.add(aJob('j', { startedAt: 5 }))).toMatchObject({ state: 'queued', startedAt: 5 })
      expect(await store.claim(claimOf(a))).toMatchObject({ resumed: true, job: { startedAt: 5 } })
    })
  })

  describe(`${name}: who does which`, () => {
    test('a job is claimed once; of several the first of the highest rank, and only of the kinds asked for', async () => {
      const { store } = await open()
      await store.add(aJob('old'))
      await store.add(aJob('new'))
      await store.add(aJob('urgent', { priority: 5 }))
      await store.add(aJob('other', { kind: 'engine', priority: 9 }))
      const order = [await store.claim(claimOf(a)), await store.claim(claimOf(b)), await store.claim(claimOf(a))]
      expect(order.map((claimed) => claimed?.job.id)).toEqual(['urgent', 'old', 'new'])
      expect(order[0]).toMatchObject({ resumed: false, job: { state: 'running', attempts: 1 } })
      expect(await store.claim(claimOf(b))).toBeNull()
    })

    test('many hosts at once never hold the same job', async () => {
      const { store } = await open()
      for (let i = 0; i < 20; i++) await store.add(aJob(`j${i}`))
      const claims = await Promise.all(Array.from({ length: 30 }, (_, i) => store.claim(claimOf(`host ${i}`))))
      const ids = claims.flatMap((claimed) => claimed?.job.id ?? [])
      expect(new Set(ids).size).toBe(20)
      expect(ids).toHaveLength(20)
    })

    test('a job that waits for others is claimed when they are done, and ends with one that came to nothing', async () => {
      const { store } = await open()
      await store.add(aJob('first'))
      await store.add(aJob('second', { after: [idOf('first')], priority: 9 }))
      expect((await store.claim(claimOf(a)))?.job.id).toBe('first')
      expect(await store.claim(claimOf(a))).toBeNull()
      await store.settle({ id: idOf('first'), owner: a }, { state: 'done', result: 1 })
      expect((await store.claim(claimOf(a)))?.job.id).toBe('second')
      await store.settle({ id: idOf('second'), owner: a }, { state: 'failed' })
      await store.add(aJob('third', { after: [idOf('second')] }))
      await store.add(aJob('fourth', { after: [idOf('nowhere')] }))
      expect((await store.sweep()).map(({ id, state }) => [id, state]).sort()).toEqual([
        ['fourth', 'cancelled'],
        ['third', 'cancelled'],
      ])
    })
  })

  describe(`${name}: leases`, () => {
    test('what is held is nobody else’s; after the lease it is, and goes on from what is there', async () => {
      const { store, pass } = await open()
      await store.add(aJob('j'))
      await store.claim(claimOf(a))
      pass(leaseMs - 1)
      expect(await store.claim(claimOf(b))).toBeNull()
      pass(2)
      expect(await store.claim(claimOf(b))).toMatchObject({ resumed: true, job: { id: 'j', attempts: 2 } })
    })

    test('a heartbeat keeps it; whoever lost it is told so, and can neither hold nor end it', async () => {
      const { store, pass } = await open()
      await store.add(aJob('j'))
      await store.claim(claimOf(a))
      const held = { id: idOf('j'), owner: a }
      for (let i = 0; i < 3; i++) {
        pass(leaseMs - 1)
        expect(await store.extend(held, leaseMs)).toBe('kept')
      }
      pass(leaseMs + 1)
      await store.claim(claimOf(b))
      expect(await store.extend(held, leaseMs)).toBe('lost')
      expect(await store.settle(held, { state: 'done', result: 'stale' })).toBe(false)
      expect(await store.get(idOf('j'))).toMatchObject({ state: 'running', result: null })
    })

    test('dead at its last attempt it is interrupted, and no host takes it up', async () => {
      const { store, pass } = await open()
      await store.add(aJob('j', { mostAttempts: 1 }))
      await store.claim(claimOf(a))
      expect(await store.sweep()).toEqual([])
      pass(leaseMs + 1)
      expect(await store.claim(claimOf(b))).toBeNull()
      expect(await store.sweep()).toMatchObject([{ id: 'j', state: 'interrupted' }])
    })

    test('a job given back for later waits until then', async () => {
      const { store, pass } = await open()
      await store.add(aJob('j'))
      await store.claim(claimOf(a))
      await store.settle({ id: idOf('j'), owner: a }, { state: 'queued', delayMs: 500 })
      expect(await store.claim(claimOf(a))).toBeNull()
      pass(501)
      expect(await store.claim(claimOf(b))).toMatchObject({ resumed: true, job: { attempts: 2 } })
    })
  })

  describe(`${name}: ends`, () => {
    test('result and failure stay with the job', async () => {
      const { store } = await open()
      const failure = { code: 'NO_CLASSIFIER', message: 'There is none.', data: {} }
      for (const id of ['good', 'bad']) await store.add(aJob(id))
      for (const _ of [1, 2]) await store.claim(claimOf(a))
      await store.settle({ id: idOf('good'), owner: a }, { state: 'done', result: { rows: 3 } })
      await store.settle({ id: idOf('bad'), owner: a }, { state: 'failed', failure })
      expect(await store.get(idOf('good'))).toMatchObject({ state: 'done', result: { rows: 3 }, failure: null })
      const bad = await store.get(idOf('bad'))
      expect(bad).toMatchObject({ state: 'failed', failure })
      expect(bad?.endedAt).toBeTypeOf('number')
    })

    test('a waiting job is stopped at once, the holder of another is asked, an ended one is left', async () => {
      const { store } = await open()
      await store.add(aJob('held'))
      await store.claim(claimOf(a))
      await store.add(aJob('waits'))
      expect(await store.stop(idOf('waits'), 'cancelled')).toMatchObject({ state: 'cancelled' })
      expect(await store.stop(idOf('held'), 'cancelled')).toMatchObject({ state: 'running' })
      expect(await store.extend({ id: idOf('held'), owner: a }, leaseMs)).toBe('stop')
      await store.settle({ id: idOf('held'), owner: a }, { state: 'cancelled' })
      expect(await store.stop(idOf('held'), 'cancelled')).toBeNull()
    })

    test('a waiting job is paused at once, the holder of another is asked to; it lies aside until it is wanted again', async () => {
      const { store, pass } = await open()
      await store.add(aJob('held'))
      await store.claim(claimOf(a))
      await store.add(aJob('waits'))
      await store.add(aJob('behind', { after: [idOf('held')] }))
      expect(await store.stop(idOf('waits'), 'paused')).toMatchObject({ state: 'paused' })
      expect(await store.stop(idOf('held'), 'paused')).toMatchObject({ state: 'running' })
      expect(await store.extend({ id: idOf('held'), owner: a }, leaseMs)).toBe('pause')
      await store.settle({ id: idOf('held'), owner: a }, { state: 'paused' })
      pass(10 * leaseMs)
      expect([await store.claim(claimOf(b)), await store.sweep()]).toEqual([null, []])
      expect(await store.stop(idOf('held'), 'cancelled')).toBeNull()
      expect(await store.requeue(idOf('held'))).toMatchObject({ state: 'queued', endedAt: null })
      expect(await store.claim(claimOf(b))).toMatchObject({ resumed: true, job: { id: 'held', attempts: 1 } })
      expect(await store.extend({ id: idOf('held'), owner: b }, leaseMs), 'asked no longer').toBe('kept')
    })

    test('whoever was asked and died has done as asked: nobody begins it again', async () => {
      const { store, pass } = await open()
      for (const id of ['stop', 'pause']) await store.add(aJob(id))
      for (const _ of [1, 2]) await store.claim(claimOf(a))
      await store.stop(idOf('stop'), 'cancelled')
      await store.stop(idOf('pause'), 'paused')
      pass(leaseMs + 1)
      expect(await store.claim(claimOf(b))).toBeNull()
      expect((await store.sweep()).map(({ id, state }) => [id, state]).sort()).toEqual([
        ['pause', 'paused'],
        ['stop', 'cancelled'],
      ])
    })

    test('an ended job waits again with all its attempts, and is resumed; what is done or open is not', async () => {
      const { store } = await open()
      await store.add(aJob('j'))
      expect(await store.requeue(idOf('j'))).toBeNull()
      await store.claim(claimOf(a))
      await store.settle({ id: idOf('j'), owner: a }, { state: 'interrupted' })
      expect(await store.requeue(idOf('j'))).toMatchObject({ state: 'queued', attempts: 0, failure: null })
      expect(await store.claim(claimOf(b))).toMatchObject({ resumed: true, job: { attempts: 1 } })
      await store.settle({ id: idOf('j'), owner: b }, { state: 'done', result: null })
      expect(await store.requeue(idOf('j'))).toBeNull()
    })
  })
}
