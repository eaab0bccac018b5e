import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import type { Feed } from './feed'
import type { JobQueue } from './job-queue'
import { openStates } from './job-store'

/** The jobs of the studio and of the open project as one list, whichever project that is. */
export class JoinedJobs {
  constructor(
    private readonly studio: JobQueue,
    private readonly project: () => JobQueue | null,
    /** Changes of both. */
    private readonly changes: Feed<Job>,
  ) {}

  /** Newest first. */
  list(): Job[] {
    const all = [...this.studio.list(), ...(this.project()?.list() ?? [])]
    return all.sort((a, b) => b.createdAt - a.createdAt)
  }

  get(id: JobId): Job {
    return this.queueOf(id).get(id)
  }

  cancel(id: JobId): Job {
    return this.queueOf(id).cancel(id)
  }

  resume(id: JobId): Job {
    return this.queueOf(id).resume(id)
  }

  /** Every change, first the jobs that wait or run now. */
  watch(signal?: AbortSignal): AsyncGenerator<Job, void> {
    const first = () => this.list().filter(({ state }) => openStates.includes(state))
    return this.changes.stream({ signal, first, key: (job) => job.id })
  }

  private queueOf(id: JobId): JobQueue {
    const queue = [this.studio, this.project()].find((some) => some?.has(id))
    if (!queue) throw new Failure('NOT_FOUND', { kind: 'job', id })
    return queue
  }
}
