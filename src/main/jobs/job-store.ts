import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import type { JobClaim, JobEnding, JobHeld, JobRow, JobStoppedAs, NewJobRow } from '@main/store/repositories/job-row'

/** A job with all that is needed to do it, also again, also elsewhere. */
export type StoredJob = JobRow
export type NewStoredJob = NewJobRow
/** What a host is ready to do. */
export type Claim = JobClaim
export type Held = JobHeld
/** How a job that was held ends, or when it may be tried again. */
export type Settlement = JobEnding

export interface Claimed {
  job: StoredJob
  /** It was begun before: go on from what is there. */
  resumed: boolean
}

/** What a job becomes that somebody stops. `paused`: it is put aside until somebody wants it again. */
export type StoppedAs = JobStoppedAs

export type Extended = 'kept' | 'stop' | 'pause' | 'lost'

/**
 * Where jobs are kept, and who does which: the project's database, memory, or a server that several hosts share. A job
 * belongs to whoever claimed it until the lease runs out, so that nobody ends or begins what somebody else does, and what
 * a dead host held is taken up by the next one.
 */
export interface JobStore {
  /** Adds a job that waits. One of the same id that is there already is given back as it is. */
  add(job: NewStoredJob): Promise<StoredJob>
  get(id: JobId): Promise<StoredJob | null>
  /** Newest first; those in one of these states, or all. */
  list(states?: readonly JobState[]): Promise<StoredJob[]>
  /**
   * Takes the next job: highest priority, then oldest, of those that wait, whose time has come and whose forerunners are
   * done, and of those whose lease ran out, that may be tried again and that nobody asked to stop.
   */
  claim(claim: Claim): Promise<Claimed | null>
  /** Holds a job for another while. `stop`, `pause`: somebody asks for that; `lost`: it is no longer the owner's. */
  extend(held: Held, leaseMs: number): Promise<Extended>
  /** Gives a job back with what came of it; false, and nothing is changed, where it is no longer the owner's. */
  settle(held: Held, settlement: Settlement): Promise<boolean>
  /** Ends a waiting job at once, or puts it aside; asks that of whoever holds it. Null where it has ended. */
  stop(id: JobId, as: StoppedAs): Promise<StoredJob | null>
  /** Lets an ended job wait again, with all its attempts. Null where it is done, or has not ended. */
  requeue(id: JobId): Promise<StoredJob | null>
  /**
   * Ends what nobody will take up: dead at its last attempt or after it was asked to stop, which is what it becomes then,
   * or behind a job that came to nothing. Gives those.
   */
  sweep(): Promise<StoredJob[]>
  /** Of a store that other hosts share: calls `hear` with each job that anybody changed. Some may be missed. */
  listen?(hear: (id: JobId) => void): () => void
}

export const openStates: readonly JobState[] = ['queued', 'running']

/** States after which a job that waits for this one waits in vain. `interrupted` can still go on. */
export const deadStates: readonly JobState[] = ['failed', 'cancelled']
