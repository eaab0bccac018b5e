import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { openStates } from '@main/jobs/job-store'
import type { Repositories } from '@main/store/repositories'

/** The row of something that a job makes. */
interface RowOfJob extends Pick<Job, 'state' | 'failure' | 'createdAt'> {
  job: JobId | null
}

/** Which jobs the studio that has the project open can know. */
export interface KnownJobs {
  /** Jobs of models lie in a Redis that the studio was started with. */
  isShared: boolean
  /** Since then it makes rows and jobs itself. */
  openedAt: number
}

/**
 * A row as this studio can show it. One that waits or goes on, by a job that is nowhere here, was started by a studio with a
 * Redis: it is interrupted, and says where it is. The row itself stays, for the studio that knows that Redis again.
 */
export function seenHere<R extends RowOfJob>(row: R, { jobs }: Pick<Repositories, 'jobs'>, known: KnownJobs): R {
  const { job, state, createdAt } = row
  if (known.isShared || !job || !openStates.includes(state) || createdAt >= known.openedAt || jobs.find(job)) return row
  const { code, message, data } = new Failure('JOB_ELSEWHERE', { job })
  return { ...row, state: 'interrupted', failure: { code, message, data } }
}
