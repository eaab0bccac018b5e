import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { JobKind, type JobState } from '@shared/contract/jobs'
import { JobId } from '@shared/ids'
import { z } from 'zod'
import {
  type Claim,
  type Claimed,
  type Extended,
  type Held,
  type JobStore,
  type NewStoredJob,
  type Settlement,
  type StoppedAs,
  type StoredJob,
  openStates,
} from '@main/jobs/job-store'
import { connectRedis, redisWords } from './redis-connection'
import { type ScriptName, scripts } from './record-scripts'
import { jobOf } from './stored-record'
import { WaitingLine } from './waiting-line'

export interface RedisStoreOptions {
  /** A project's own: two projects of one Redis never meet. */
  name: string
  url: string
  /** The time that leases go by, ms; that of Redis when left out, which is one for all machines. */
  now?: () => number
  onError?: (error: unknown) => void
}

const closingPatienceMs = 1_000

type Run = (base: string, ...args: (string | number)[]) => Promise<unknown>
const Line = z.tuple([JobId, JobKind, z.coerce.number(), z.coerce.number(), z.coerce.number()])

/** Jobs of a project on a Redis that several machines share: records changed by scripts, BullMQ's queues for whose turn it is. */
export class RedisJobStore implements JobStore {
  private readonly hearers = new Set<(id: JobId) => void>()

  private constructor(
    private readonly connection: Redis,
    private readonly changes: Redis,
    private readonly line: WaitingLine,
    private readonly options: RedisStoreOptions & { base: string },
  ) {
    for (const { name, lua } of scripts) connection.defineCommand(commandOf(name), { numberOfKeys: 1, lua })
    changes.on('message', (_: string, id: string) => this.hearers.forEach((hear) => hear(JobId.parse(id))))
  }

  /** Throws Failure QUEUE_AWAY, BAD_SETTING. */
  static async open(options: RedisStoreOptions): Promise<RedisJobStore> {
    const { url, name, onError = () => {} } = options
    // In braces: on a cluster of servers all keys of a project lie on one.
    const base = `whynot:{${name}}`
    const connection = await connectRedis(url)
    // The one that listens waits for a server that is away, and listens again.
    const changes = connection.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, lazyConnect: false })
    await changes.subscribe(`${base}:changes`)
    const line = new WaitingLine(connection, base, onError)
    return new RedisJobStore(connection, changes, line, { ...options, base })
  }

  async add(job: NewStoredJob): Promise<StoredJob> {
    const { id, kind, priority, after, mostAttempts, startedAt, title, payload, run } = job
    const about = JSON.stringify({ title, payload, run })
    const more = [id, about, kind, priority, JSON.stringify(after), mostAttempts, startedAt ?? '']
    return jobOf(await this.run('add', ...more))
  }

  async get(id: JobId): Promise<StoredJob | null> {
    const fields = await this.asked(() => this.connection.hgetall(this.key('record', id)))
    return Object.keys(fields).length > 0 ? jobOf(fields) : null
  }

  async list(states?: readonly JobState[]): Promise<StoredJob[]> {
    const onlyOpen = states?.every((state) => openStates.includes(state)) ?? false
    const all = await this.asked(() =>
      onlyOpen ? this.connection.smembers(this.key('open')) : this.connection.zrevrange(this.key('records'), 0, -1),
    )
    const found = await Promise.all(all.map((id) => this.get(JobId.parse(id))))
    if (onlyOpen) found.sort((a, b) => (b?.createdAt ?? 0) - (a?.createdAt ?? 0))
    return found.flatMap((job) => (job && (!states || states.includes(job.state)) ? [job] : []))
  }

  async claim({ kinds, owner, leaseMs }: Claim): Promise<Claimed | null> {
    await this.lineUp(kinds)
    for (;;) {
      const id = await this.asked(() => this.line.next(kinds, owner))
      if (!id) return null
      const taken = await this.run('take', id, owner, leaseMs)
      // Stopped meanwhile, or taken up by another way: it was an old place.
      if (!Array.isArray(taken)) continue
      return { job: jobOf(taken[1]), resumed: taken[0] === 'resumed' }
    }
  }

  async extend({ id, owner }: Held, leaseMs: number): Promise<Extended> {
    return z.enum(['kept', 'stop', 'pause', 'lost']).parse(await this.run('extend', id, owner, leaseMs))
  }

  async settle({ id, owner }: Held, settlement: Settlement): Promise<boolean> {
    const { state } = settlement
    const delayMs = state === 'queued' ? settlement.delayMs : 0
    const failure = 'failure' in settlement ? settlement.failure : null
    const result = state === 'done' ? settlement.result : null
    const ended = [JSON.stringify(failure ?? null), JSON.stringify(result ?? null)]
    return (await this.run('settle', id, owner, state, delayMs, ...ended)) === 1
  }

  async stop(id: JobId, as: StoppedAs): Promise<StoredJob | null> {
    return maybe(await this.run('stop', id, as))
  }

  async requeue(id: JobId): Promise<StoredJob | null> {
    return maybe(await this.run('requeue', id))
  }

  async sweep(): Promise<StoredJob[]> {
    return z
      .array(z.unknown())
      .parse(await this.run('sweep'))
      .map(jobOf)
  }

  /** Calls `hear` with each job that anybody changed; what changes while the server is away is not heard of. */
  listen(hear: (id: JobId) => void): () => void {
    this.hearers.add(hear)
    return () => void this.hearers.delete(hear)
  }

  /** Also where the server is away, within a second. */
  async close(): Promise<void> {
    await Promise.race([this.line.close(), pause(closingPatienceMs, undefined, { ref: false })])
    this.changes.disconnect()
    this.connection.disconnect()
  }

  /** Gives a place in the line to each job that may begin and has none. */
  private async lineUp(kinds: readonly JobKind[]): Promise<void> {
    const found = z.array(Line).parse(await this.run('unlined', ...kinds))
    for (const [id, kind, priority, seq, turn] of found)
      await this.asked(() => this.line.join({ id, kind, priority, seq, turn }))
  }

  private run(name: ScriptName, ...args: (string | number)[]): Promise<unknown> {
    const { base, now = () => '' } = this.options
    const script = (this.connection as unknown as Record<string, Run>)[commandOf(name)]
    return this.asked(async () => script?.call(this.connection, base, now(), ...args))
  }

  /** In words where the server is away. */
  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      throw this.connection.status === 'ready' ? error : redisWords(this.options.url, error)
    }
  }

  private key(...parts: string[]): string {
    return [this.options.base, ...parts].join(':')
  }
}

function commandOf(name: ScriptName): string {
  return `whynot_${name}`
}

function maybe(fields: unknown): StoredJob | null {
  return fields === null ? null : jobOf(fields)
}
