import type { Job, JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'

/** A job with what its runner needs to do it again. */
export interface StoredJob extends Job {
  payload: unknown
}

export type JobPatch = Partial<Pick<StoredJob, 'state' | 'run' | 'failure' | 'result' | 'startedAt' | 'endedAt'>>

/** Where jobs are kept: the project's database, or memory for what belongs to no project. */
export interface JobStore {
  insert(job: StoredJob): void
  update(id: JobId, patch: JobPatch): void
  get(id: JobId): StoredJob | null
  /** Newest first. */
  list(): StoredJob[]
}

export const openStates: readonly JobState[] = ['queued', 'running']

/** Jobs of this session only. */
export class MemoryJobStore implements JobStore {
  private readonly jobs = new Map<JobId, StoredJob>()

  insert(job: StoredJob): void {
    this.jobs.set(job.id, job)
  }

  update(id: JobId, patch: JobPatch): void {
    const job = this.jobs.get(id)
    if (job) this.jobs.set(id, { ...job, ...patch })
  }

  get(id: JobId): StoredJob | null {
    return this.jobs.get(id) ?? null
  }

  list(): StoredJob[] {
    return [...this.jobs.values()].reverse()
  }
}
