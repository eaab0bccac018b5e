import type { Job, JobKind } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'

/** A job as its table has it; what the words mean stands at the port of jobs. */
export interface JobRow extends Job {
  payload: unknown
  priority: number
  after: readonly JobId[]
  attempts: number
  mostAttempts: number
}

export type NewJobRow = Omit<
  JobRow,
  'state' | 'progress' | 'failure' | 'result' | 'attempts' | 'createdAt' | 'startedAt' | 'endedAt'
>

export interface JobClaim {
  kinds: readonly JobKind[]
  owner: string
  leaseMs: number
  only?: readonly JobId[]
}

export interface JobHeld {
  id: JobId
  owner: string
}

export type JobEnding =
  | { state: 'done'; result: unknown }
  | { state: 'failed' | 'cancelled' | 'interrupted'; failure?: Job['failure'] }
  | { state: 'queued'; delayMs: number }
