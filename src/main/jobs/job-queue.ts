import { randomUUID } from 'node:crypto'
import type { Job, JobKind } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import { JobId, type RunId } from '@shared/ids'
import type { OnProgress, Progress } from '@shared/progress'
import { Feed } from './feed'
import { Following } from './following'
import { Holding } from './holding'
import { type PayloadOf, jobKinds, lanesOf, mayPause } from './job-kinds'
import { type JobStore, type StoredJob, openStates } from './job-store'
import { outcomeOf } from './job-outcome'

/** What a runner gets: its own particulars, how to say how far it is, and whether it should stop. */
export interface JobContext<K extends JobKind = JobKind> {
  id: JobId
  payload: PayloadOf<K>
  run: RunId | null
  signal: AbortSignal
  progress: OnProgress
  /** The job was begun before and was stopped or cut off: go on from what is there. */
  resumed: boolean
}

export type RunJob<K extends JobKind = JobKind> = (context: JobContext<K>) => Promise<unknown>

/** Who does which kind of job. */
export type Runners = { readonly [K in JobKind]?: RunJob<K> }

export interface NewJob<K extends JobKind = JobKind> {
  kind: K
  title: string
  payload: PayloadOf<K>
  run?: RunId | null
  /** A job of this id that is there already is not added again. */
  id?: JobId
  /** The larger goes first; 0 when left out. */
  priority?: number
  /** Jobs that must be done first. */
  after?: readonly JobId[]
}

export interface QueueHooks {
  /** A job began, moved or ended. */
  onChange?: (job: Job, payload: unknown) => void
  /** A job failed for a reason nobody can act on; returns the id under which the log names it. */
  logUnknown: (error: unknown, what: string) => string
}

export interface QueueOptions {
  /** Also takes up what others left: waiting jobs of earlier, and those whose holder died. */
  adopts: boolean
  /** A holder that says nothing for so long has lost its job; it says so three times as often. */
  leaseMs: number
  /** Before a job whose process died is begun again; doubles with each time. */
  retryMs: number
  /** Kinds that are started here and done by other hosts of the same store, which go on when this one closes. */
  elsewhere: readonly JobKind[]
  /** What ran here when the host closes waits for another one, where there are others, and is not interrupted. */
  handsOver: boolean
  /** Whether this host takes up work now. */
  mayTake: () => boolean
}

const usual: QueueOptions = {
  ...{ adopts: true, leaseMs: 15_000, retryMs: 1_000 },
  ...{ elsewhere: [], handsOver: false, mayTake: () => true },
}

/**
 * One host's share of the work in a store: starts jobs, does those it can claim, and holds them meanwhile. What its process
 * dies over is tried again a few times; what ran when the host closed is `interrupted` and can be resumed.
 */
export class JobQueue {
  /** The same for every job of this host. */
  readonly owner = randomUUID()
  private readonly running = new Map<JobId, Holding>()
  private readonly changes = new Feed<Job>()
  /** Started or resumed here. */
  private readonly own = new Set<JobId>()
  private readonly options: QueueOptions
  private readonly following: Following
  /** How far other hosts are with their jobs. */
  private readonly told = new Map<JobId, Progress>()
  private readonly tick: NodeJS.Timeout
  private taking: Promise<void> | null = null
  private again = false
  private sweepNext = false
  private closing = false

  constructor(
    private readonly store: JobStore,
    private readonly runners: Runners,
    private readonly hooks: QueueHooks,
    options: Partial<QueueOptions> = {},
  ) {
    this.options = { ...usual, ...options }
    this.following = new Following(
      {
        store,
        isOwn: (id) => this.running.has(id),
        changed: (job) => this.changed(job),
        log: hooks.logUnknown,
      },
      () => void this.advance(),
    )
    this.tick = setInterval(() => void this.advance({ sweep: true }), this.options.leaseMs / 3)
    this.tick.unref()
    void this.advance({ sweep: true })
  }

  /**
   * Queues a job; it begins at once where its lane is free.
   * Throws Failure BAD_SETTING for a payload that its kind does not take, Error for a kind that nobody here runs.
   */
  async start<K extends JobKind>({
    kind,
    title,
    run = null,
    priority = 0,
    after = [],
    ...job
  }: NewJob<K>): Promise<Job> {
    if (!this.runners[kind] && !this.options.elsewhere.includes(kind))
      throw new Error(`nothing runs jobs of kind ${kind}`)
    const id = job.id ?? JobId.parse(randomUUID())
    const { payload: schema, attempts: mostAttempts } = jobKinds[kind]
    const payload = schema.safeParse(job.payload)
    if (!payload.success) throw new Failure('BAD_SETTING', { setting: kind, reason: payload.error.message })
    this.own.add(id)
    const about = { id, kind, title, run, priority, after, mostAttempts, payload: payload.data }
    this.changed(await this.store.add(about))
    await this.advance()
    return this.get(id)
  }

  async get(id: JobId): Promise<Job> {
    const job = await this.store.get(id)
    if (!job) throw new Failure('NOT_FOUND', { kind: 'job', id })
    return this.shown(job)
  }

  async has(id: JobId): Promise<boolean> {
    return (await this.store.get(id)) !== null
  }

  /** Newest first. */
  async list(): Promise<Job[]> {
    return (await this.store.list()).map((job) => this.shown(job))
  }

  /** Whether a job that has not ended is this host's: it does it, or will. */
  isDoing(id: JobId): boolean {
    return this.own.has(id) || this.running.has(id)
  }

  /** The jobs that this host does now. */
  runningHere(): Job[] {
    return [...this.running.values()].map(({ job }) => this.shown(job))
  }

  /** Asks a job to stop: a waiting one ends at once, a running one when it has put its work away. */
  cancel(id: JobId): Promise<Job> {
    return this.stop(id, 'cancelled')
  }

  /**
   * Puts a job aside until it is resumed: a waiting one at once, a running one when it has put its work away, so that its
   * lane is free. Throws Failure BAD_SETTING where its kind does not go on from where it was.
   */
  async pause(id: JobId): Promise<Job> {
    const { kind } = await this.get(id)
    const reason = 'Trainings can be paused. Other work is stopped, and begun again.'
    if (!mayPause(kind)) throw new Failure('BAD_SETTING', { setting: 'job', reason })
    return this.stop(id, 'paused')
  }

  private async stop(id: JobId, as: 'cancelled' | 'paused'): Promise<Job> {
    const { state } = await this.get(id)
    const held = openStates.includes(state) ? this.running.get(id) : undefined
    if (held) {
      held.stop(as)
      return this.get(id)
    }
    const stopped = await this.store.stop(id, as)
    if (!stopped) throw new Failure('JOB_NOT_RUNNING', { job: id, state })
    this.changed(stopped)
    void this.advance({ sweep: true })
    return this.get(id)
  }

  /** Queues an ended job again; it goes on from what it left. One whose holder died is taken up when its lease ends. */
  async resume(id: JobId): Promise<Job> {
    const { state } = await this.get(id)
    const queued = await this.store.requeue(id)
    const isLeft = state === 'running' && !this.running.has(id) && !this.own.has(id)
    if (!queued && !isLeft) throw new Failure('JOB_NOT_RUNNING', { job: id, state })
    this.own.add(id)
    if (queued) this.changed(queued)
    await this.advance()
    return this.get(id)
  }

  /** Every change, first the jobs that wait or run now. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Job, void> {
    // Heard from the beginning: what happens while the list is read comes after it.
    const missed: Job[] = []
    const stop = this.changes.listen((job) => void missed.push(job))
    const open = await this.list().finally(stop)
    const first = () => [...open.filter((job) => openStates.includes(job.state)), ...missed]
    yield* this.changes.stream({ signal, first, key: (job) => job.id })
  }

  /** Says how far another host is with its job. */
  async tell(id: JobId, progress: Progress): Promise<void> {
    const job = await this.store.get(id)
    if (job?.state !== 'running' || this.running.has(id)) return
    this.told.set(id, progress)
    this.changed(job)
  }

  /** The job once it has ended, whatever way. */
  ended(id: JobId): Promise<Job> {
    return new Promise((resolve, reject) => {
      const look = (job: Job) => {
        if (job.id !== id || openStates.includes(job.state)) return
        stop()
        resolve(job)
      }
      // Listened to before it is looked at, so that no end falls between the two.
      const stop = this.changes.listen(look)
      this.get(id).then(look, (error: unknown) => {
        stop()
        reject(error as Error)
      })
    })
  }

  /** Stops everything; what was begun or asked for here is interrupted and can be resumed at the next start. */
  async close(): Promise<void> {
    this.closing = true
    clearInterval(this.tick)
    this.following.close()
    await this.taking
    for (const held of this.running.values()) held.stop()
    await Promise.allSettled([...this.running.values()].map(({ ended }) => ended))
    try {
      await this.interruptWaiting()
    } catch (error) {
      // A store that is away must not keep the host from closing.
      this.hooks.logUnknown(error, 'interrupting jobs that wait')
    }
  }

  private async interruptWaiting(): Promise<void> {
    const waiting = await this.store.list(['queued'])
    for (const { id, kind } of waiting) {
      const isOurs = this.own.has(id) && !this.options.elsewhere.includes(kind) && !this.options.handsOver
      const stopped = isOurs ? await this.store.stop(id, 'interrupted') : null
      if (stopped) this.changed(stopped)
    }
  }

  /** Takes what can be taken; calls that come meanwhile are answered by one more round. */
  private advance({ sweep = false } = {}): Promise<void> {
    this.again = true
    this.sweepNext ||= sweep
    if (this.closing) return Promise.resolve()
    this.taking ??= this.take()
    return this.taking
  }

  private async take(): Promise<void> {
    try {
      while (this.again && !this.closing) await this.round()
    } catch (error) {
      // The next beat tries again.
      this.hooks.logUnknown(error, 'taking up jobs')
    } finally {
      // In the same turn as the last look at `again`, so that no call falls between.
      this.taking = null
    }
  }

  private async round(): Promise<void> {
    const { sweepNext } = this
    this.again = false
    this.sweepNext = false
    if (sweepNext && this.options.adopts) for (const job of await this.store.sweep()) this.changed(job)
    if (sweepNext) await this.following.lookAround()
    for (const lane of lanesOf(Object.keys(this.runners) as JobKind[])) await this.fill(lane)
  }

  private async fill({ kinds, most }: ReturnType<typeof lanesOf>[number]): Promise<void> {
    const only = this.options.adopts ? undefined : [...this.own]
    const { leaseMs } = this.options
    const busy = () => [...this.running.values()].filter(({ job }) => kinds.includes(job.kind)).length
    while (busy() < most && !this.closing && this.options.mayTake()) {
      const claimed = await this.store.claim({ kinds, owner: this.owner, leaseMs, only })
      if (!claimed) return
      this.begin(claimed.job, claimed.resumed)
    }
  }

  private begin(job: StoredJob, resumed: boolean): void {
    const { store, owner, hooks } = this
    const holding = new Holding(job, { store, owner, ...this.options, log: hooks.logUnknown }, () => this.changed(job))
    this.running.set(job.id, holding)
    this.changed(job)
    holding.ended = this.work(holding, resumed).finally(async () => {
      this.running.delete(job.id)
      const now = await store.get(job.id).catch(() => null)
      if (now) this.changed(now)
      void this.advance({ sweep: true })
    })
  }

  private async work(holding: Holding, resumed: boolean): Promise<void> {
    const { job, signal } = holding
    const { id, kind, run, payload } = job
    const outcome = await outcomeOf(
      async () => {
        const runner = this.runners[kind] as RunJob
        const parsed = jobKinds[kind].payload.parse(payload) as PayloadOf<JobKind>
        return runner({ id, run, signal, resumed, payload: parsed, progress: holding.progress })
      },
      {
        ...{ job, signal, isClosing: () => this.closing, stoppedAs: () => holding.stoppedAs },
        ...{ ...this.options, log: this.hooks.logUnknown },
      },
    )
    if (outcome.state === 'queued') this.wakeIn(outcome.delayMs)
    await holding.settle(outcome, () => this.closing)
  }

  private wakeIn(ms: number): void {
    setTimeout(() => void this.advance(), ms + 50).unref()
  }

  private changed(stored: StoredJob): void {
    const job = this.shown(stored)
    this.changes.publish(job)
    try {
      this.hooks.onChange?.(job, stored.payload)
    } catch (error) {
      this.hooks.logUnknown(error, `following job ${job.id}`)
    }
  }

  private shown(stored: StoredJob): Job {
    const { id, kind, title, state, run, failure, result, createdAt, startedAt, endedAt } = stored
    if (state !== 'running') this.told.delete(id)
    const progress = state === 'running' ? (this.running.get(id)?.newest ?? this.told.get(id) ?? null) : null
    return { id, kind, title, state, progress, run, failure, result, createdAt, startedAt, endedAt }
  }
}
