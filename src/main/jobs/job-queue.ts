import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Job, JobKind, StoredFailure } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import { JobId, type RunId } from '@shared/ids'
import type { OnProgress, Progress } from '@shared/progress'
import { Feed } from './feed'
import { type JobStore, type StoredJob, openStates } from './job-store'
import { ProgressClock } from './progress-clock'
import { WorkerLost } from '@main/process/worker-lost'

/** What a runner gets: its own particulars, how to say how far it is, and whether it should stop. */
export interface JobContext {
  id: JobId
  payload: unknown
  run: RunId | null
  signal: AbortSignal
  progress: OnProgress
  /** The job ran before and was stopped or cut off: go on from what is there. */
  resumed: boolean
}

export type RunJob = (context: JobContext) => Promise<unknown>

export interface NewJob {
  kind: JobKind
  title: string
  payload: unknown
  run?: RunId | null
}

interface Running {
  stop: AbortController
  progress: Progress | null
  ended: Promise<void>
}

/** Kinds that share one place: the models use one device, so they wait for each other; imports go side by side. */
const lanes: Readonly<Record<JobKind, { lane: string; most: number }>> = {
  import: { lane: 'import', most: 2 },
  engine: { lane: 'engine', most: 1 },
  sample: { lane: 'device', most: 1 },
  tour: { lane: 'device', most: 1 },
  classifier: { lane: 'device', most: 1 },
  explainer: { lane: 'device', most: 1 },
  evaluation: { lane: 'device', most: 1 },
}

export interface QueueHooks {
  /** A job began, moved or ended. */
  onChange?: (job: Job) => void
  /** A job failed for a reason nobody can act on; returns the id under which the log names it. */
  logUnknown: (error: unknown, what: string) => string
}

/**
 * Work that takes a while, kept in a store so that it outlives the process: what was running when the studio ended is
 * `interrupted` at the next start, and can go on.
 */
export class JobQueue {
  private readonly running = new Map<JobId, Running>()
  private readonly changes = new Feed<Job>()
  private closing = false

  constructor(
    private readonly store: JobStore,
    private readonly runners: Readonly<Partial<Record<JobKind, RunJob>>>,
    private readonly hooks: QueueHooks,
  ) {
    for (const job of store.list().filter(({ state }) => openStates.includes(state))) {
      store.update(job.id, { state: 'interrupted', endedAt: Date.now() })
      this.changed(job.id)
    }
  }

  /** Queues a job; it starts at once where its lane is free. */
  start({ kind, title, payload, run = null }: NewJob): Job {
    const job: StoredJob = {
      id: JobId.parse(randomUUID()),
      kind,
      title,
      payload,
      run,
      state: 'queued',
      progress: null,
      failure: null,
      result: null,
      createdAt: Date.now(),
      startedAt: null,
      endedAt: null,
    }
    this.store.insert(job)
    this.changed(job.id)
    this.advance()
    return this.get(job.id)
  }

  get(id: JobId): Job {
    const job = this.store.get(id)
    if (!job) throw new Failure('NOT_FOUND', { kind: 'job', id })
    return this.shown(job)
  }

  has(id: JobId): boolean {
    return this.store.get(id) !== null
  }

  /** Newest first. */
  list(): Job[] {
    return this.store.list().map((job) => this.shown(job))
  }

  /** Asks a job to stop: a waiting one ends at once, a running one when it has put its work away. */
  cancel(id: JobId): Job {
    const job = this.get(id)
    if (!openStates.includes(job.state)) throw new Failure('JOB_NOT_RUNNING', { job: id, state: job.state })
    const running = this.running.get(id)
    if (running) running.stop.abort(new Failure('INTERRUPTED', {}))
    else this.end(id, { state: 'cancelled' })
    return this.get(id)
  }

  /** Queues an ended job again; it goes on from what it left. */
  resume(id: JobId): Job {
    const job = this.get(id)
    if (openStates.includes(job.state) || job.state === 'done')
      throw new Failure('JOB_NOT_RUNNING', { job: id, state: job.state })
    this.store.update(id, { state: 'queued', failure: null, endedAt: null })
    this.changed(id)
    this.advance()
    return this.get(id)
  }

  /** Every change, first the jobs that wait or run now. */
  watch(signal?: AbortSignal): AsyncGenerator<Job, void> {
    return this.changes.stream({
      signal,
      first: () => this.list().filter((job) => openStates.includes(job.state)),
      key: (job) => job.id,
    })
  }

  /** The job once it has ended, whatever way. */
  async ended(id: JobId): Promise<Job> {
    for await (const job of this.changes.stream({ first: () => [this.get(id)], key: (j) => j.id }))
      if (job.id === id && !openStates.includes(job.state)) return job
    throw new Error('the queue was closed')
  }

  /** Stops everything; what ran is interrupted and can be resumed at the next start. */
  async close(): Promise<void> {
    this.closing = true
    for (const { stop } of this.running.values()) stop.abort(new Failure('INTERRUPTED', {}))
    await Promise.allSettled([...this.running.values()].map(({ ended }) => ended))
  }

  private advance(): void {
    if (this.closing) return
    const waiting = this.store.list().filter((job) => job.state === 'queued')
    for (const job of waiting.reverse()) {
      const { lane, most } = lanes[job.kind]
      const busy = [...this.running.keys()].filter((id) => this.laneOf(id) === lane).length
      if (busy < most && !this.running.has(job.id)) this.begin(job)
    }
  }

  private laneOf(id: JobId): string | null {
    const job = this.store.get(id)
    return job ? lanes[job.kind].lane : null
  }

  private begin(job: StoredJob): void {
    const stop = new AbortController()
    const running: Running = { stop, progress: null, ended: Promise.resolve() }
    this.running.set(job.id, running)
    const resumed = job.startedAt !== null
    this.store.update(job.id, { state: 'running', startedAt: job.startedAt ?? Date.now() })
    this.changed(job.id)
    running.ended = this.work(job, running, resumed).finally(() => {
      this.running.delete(job.id)
      this.changed(job.id)
      this.advance()
    })
  }

  private async work(job: StoredJob, running: Running, resumed: boolean): Promise<void> {
    const { signal } = running.stop
    const clock = new ProgressClock((progress) => {
      running.progress = progress
      this.changed(job.id)
    })
    try {
      const runner = this.runners[job.kind]
      if (!runner) throw new Error(`nothing runs jobs of kind ${job.kind}`)
      const context = { id: job.id, payload: job.payload, run: job.run, signal, resumed, progress: clock.tell }
      const result = await runner(context)
      this.end(job.id, { state: 'done', result: result ?? null })
    } catch (error) {
      this.end(job.id, this.outcome(error, signal, job))
    } finally {
      clock.stop()
    }
  }

  private outcome(error: unknown, signal: AbortSignal, job: StoredJob): Ending {
    if (this.closing && signal.aborted) return { state: 'interrupted' }
    if (signal.aborted) return { state: 'cancelled' }
    if (error instanceof WorkerLost) return { state: 'interrupted', failure: this.unknown(error, job) }
    if (error instanceof Failure) return { state: 'failed', failure: stored(error) }
    return { state: 'failed', failure: this.unknown(error, job) }
  }

  private unknown(error: unknown, job: StoredJob): Stored {
    const id = this.hooks.logUnknown(error, `job ${job.kind} ${job.id}`)
    return stored(new Failure('INTERNAL', { id, reason: error instanceof Error ? error.message : String(error) }))
  }

  private end(id: JobId, ending: Ending): void {
    this.store.update(id, { failure: null, ...ending, endedAt: Date.now() })
    if (!this.running.has(id)) this.changed(id)
  }

  private changed(id: JobId): void {
    const job = this.get(id)
    this.changes.publish(job)
    this.hooks.onChange?.(job)
  }

  private shown({ payload: _, ...job }: StoredJob): Job {
    return { ...job, progress: this.running.get(job.id)?.progress ?? null }
  }
}

type Stored = z.infer<typeof StoredFailure>

interface Ending {
  state: 'done' | 'failed' | 'cancelled' | 'interrupted'
  failure?: Stored
  result?: unknown
}

function stored({ code, message, data }: Failure): Stored {
  return { code, message, data }
}
