import type { Job, JobKind } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'

/** A job as its table has it. */
export interface JobRow extends Job {
  payload: unknown
  /** The larger goes first; of equals the older. */
  priority: number
  /** Jobs that must be done first. */
  after: readonly JobId[]
  /** Times it was begun since somebody last asked for it, and how often that may be. */
  attempts: number
  mostAttempts: number
}

export type NewJobRow = Omit<
  JobRow,
  'state' | 'progress' | 'failure' | 'result' | 'attempts' | 'createdAt' | 'startedAt' | 'endedAt'
> & {
  /** When it was begun elsewhere, before: it goes on from what is there. */
  startedAt?: number | null
}

export interface JobClaim {
  kinds: readonly JobKind[]
  /** Whoever asks; the same for every job of one host. */
  owner: string
  /** The job is the owner's for so long; holding it begins that time anew. */
  leaseMs: number
  /** These alone. A store that serves many hosts at once need not know it. */
  only?: readonly JobId[]
}

export interface JobHeld {
  id: JobId
  owner: string
}

export type JobStoppedAs = 'cancelled' | 'interrupted' | 'paused'

export type JobEnding =
  | { state: 'done'; result: unknown }
  | { state: 'failed' | JobStoppedAs; failure?: Job['failure'] }
  | { state: 'queued'; delayMs: number }
