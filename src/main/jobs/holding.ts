import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '@shared/failures'
import type { OnProgress, Progress } from '@shared/progress'
import type { JobStore, Settlement, StoredJob } from './job-store'
import { ProgressClock } from './progress-clock'

export interface HoldingParts {
  store: JobStore
  owner: string
  leaseMs: number
  log: (error: unknown, what: string) => string
}

const firstRetryMs = 200
const longestRetryMs = 5_000

/** A job that this host does now: its lease, its progress, and how it is given back. */
export class Holding {
  newest: Progress | null = null
  /** What it becomes when it was asked to stop. */
  stoppedAs: 'cancelled' | 'paused' = 'cancelled'
  ended: Promise<void> = Promise.resolve()
  private readonly ask = new AbortController()
  private readonly clock: ProgressClock
  private readonly beat: NodeJS.Timeout

  constructor(
    readonly job: StoredJob,
    private readonly parts: HoldingParts,
    onProgress: () => void,
  ) {
    this.clock = new ProgressClock((progress) => {
      this.newest = progress
      onProgress()
    })
    this.beat = setInterval(() => void this.extend(), parts.leaseMs / 3)
    this.beat.unref()
  }

  get signal(): AbortSignal {
    return this.ask.signal
  }

  get progress(): OnProgress {
    return this.clock.tell
  }

  /** Asks whoever does it to put the work away. Whoever asks first says what it becomes. */
  stop(as: 'cancelled' | 'paused' = 'cancelled'): void {
    if (!this.signal.aborted) this.stoppedAs = as
    this.ask.abort(new Failure('INTERRUPTED', {}))
  }

  /** Writes how it ended, and goes on trying where the store cannot take it, until the host closes. */
  async settle(settlement: Settlement, isClosing: () => boolean): Promise<void> {
    this.clock.stop()
    const { store, owner, log } = this.parts
    const held = { id: this.job.id, owner }
    try {
      for (let wait = firstRetryMs; ; wait = Math.min(longestRetryMs, wait * 2)) {
        try {
          return void (await store.settle(held, settlement))
        } catch (error) {
          if (wait === firstRetryMs || isClosing()) log(error, `writing the end of job ${held.id}`)
          if (isClosing()) return
          await pause(wait)
        }
      }
    } finally {
      clearInterval(this.beat)
    }
  }

  /** A beat that cannot be written is made up for by the next one. */
  private async extend(): Promise<void> {
    const { store, owner, leaseMs, log } = this.parts
    try {
      const told = await store.extend({ id: this.job.id, owner }, leaseMs)
      if (told !== 'kept') this.stop(told === 'pause' ? 'paused' : 'cancelled')
    } catch (error) {
      log(error, `holding job ${this.job.id}`)
    }
  }
}
