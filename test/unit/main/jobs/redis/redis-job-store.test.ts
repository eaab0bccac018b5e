import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { JobId } from '@shared/ids'
import { RedisJobStore } from '@main/jobs/redis/redis-job-store'
import { describeJobStore } from '../../../../support/job-store-promises'
import { RedisOfTest, noRedis } from '../../../../support/redis-server'

if (noRedis) console.warn(`skipped: ${noRedis}`)

describe.skipIf(noRedis !== null)('Redis', () => {
  let redis: RedisOfTest
  const opened: RedisJobStore[] = []
  const open = async (name: string = randomUUID(), now?: () => number) => {
    const store = await RedisJobStore.open({ url: redis.url, name, now })
    opened.push(store)
    return store
  }
  beforeAll(async () => {
    redis = await RedisOfTest.start()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
  })
  afterAll(() => redis.remove())

  describeJobStore('BullMQ on Redis', async () => {
    let now = 1
    return { store: await open(undefined, () => now), pass: (ms) => (now += ms) }
  })

  const aJob = (id: string) => ({
    ...({ id: JobId.parse(id), kind: 'classifier', title: id, payload: null, run: null } as const),
    ...{ priority: 0, after: [], mostAttempts: 3 },
  })

  test('two hosts of one project share its jobs and hear of each other’s changes; another project has none of them', async () => {
    const [one, two, other] = await Promise.all([open('shared'), open('shared'), open('another')])
    const heard: string[] = []
    two.listen((id) => heard.push(id))
    await one.add(aJob('j1'))
    expect(await other.claim({ kinds: ['classifier'], owner: 'c', leaseMs: 1000 })).toBeNull()
    expect((await two.claim({ kinds: ['classifier'], owner: 'b', leaseMs: 1000 }))?.job.id).toBe('j1')
    await expect.poll(() => heard).toEqual(['j1', 'j1'])
  })

  test('a host that died between being told its turn and taking the job costs nothing but time', async () => {
    let now = 1
    const store = await open('died', () => now)
    await store.add(aJob('j1'))
    const line = (store as unknown as { line: { next(kinds: string[], owner: string): Promise<string> } }).line
    await (store as unknown as { lineUp(kinds: string[]): Promise<void> }).lineUp(['classifier'])
    expect(await line.next(['classifier'], 'dead')).toBe('j1')
    now += 2_001
    expect(await store.claim({ kinds: ['classifier'], owner: 'b', leaseMs: 1000 })).toBeNull()
    now += 31_000
    expect((await store.claim({ kinds: ['classifier'], owner: 'b', leaseMs: 1000 }))?.job.id).toBe('j1')
  })

  test('after a restart of Redis everything is there, and whoever held a job still holds it', async () => {
    const store = await open('restart')
    for (const id of ['held', 'waits']) await store.add(aJob(id))
    await store.claim({ kinds: ['classifier'], owner: 'a', leaseMs: 60_000 })
    await redis.restart({ hard: true })
    const held = { id: JobId.parse('held'), owner: 'a' }
    await expect.poll(() => store.extend(held, 60_000).catch(() => 'away')).toBe('kept')
    expect((await store.claim({ kinds: ['classifier'], owner: 'b', leaseMs: 60_000 }))?.job.id).toBe('waits')
    expect(await store.settle(held, { state: 'done', result: 7 })).toBe(true)
  })

  test('a store whose Redis is gone fails in words, and closes', async () => {
    const own = await RedisOfTest.start()
    const store = await RedisJobStore.open({ url: own.url, name: 'gone' })
    await store.add(aJob('j'))
    await store.claim({ kinds: ['classifier'], owner: 'a', leaseMs: 60_000 })
    await own.remove()
    await expect.poll(() => store.list().catch((error: { code: string }) => error.code)).toBe('QUEUE_AWAY')
    await store.close()
  })

  test('a Redis that is not there is said in words', async () => {
    const asked = RedisJobStore.open({ url: 'redis://127.0.0.1:1', name: 'x' })
    await expect(asked).rejects.toMatchObject({ code: 'QUEUE_AWAY' })
    await expect(RedisJobStore.open({ url: 'nowhere', name: 'x' })).rejects.toMatchObject({ code: 'BAD_SETTING' })
  })
})
