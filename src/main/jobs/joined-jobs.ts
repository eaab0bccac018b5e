import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import type { Feed } from './feed'
import type { JobQueue } from './job-queue'
import { openStates } from './job-store'

export interface JoinedParts {
  project: () => JobQueue | null
  /** Whether a job of the project lies where this studio does not reach it. */
  isElsewhere: (id: JobId) => boolean
  /** Changes of both. */
  changes: Feed<Job>
}

/** The jobs of the studio and of the open project as one list, whichever project that is. */
export class JoinedJobs {
  constructor(
    private readonly studio: JobQueue,
    private readonly parts: JoinedParts,
  ) {}

  /** Newest first. */
  async list(): Promise<Job[]> {
    const all = await Promise.all([this.studio, this.parts.project()].map((queue) => queue?.list() ?? []))
    return all.flat().sort((a, b) => b.createdAt - a.createdAt)
  }

  async get(id: JobId): Promise<Job> {
    return (await this.queueOf(id)).get(id)
  }

  async cancel(id: JobId): Promise<Job> {
    return (await this.queueOf(id)).cancel(id)
  }

  async pause(id: JobId): Promise<Job> {
    return (await this.queueOf(id)).pause(id)
  }

  async resume(id: JobId): Promise<Job> {
    return (await this.queueOf(id)).resume(id)
  }

  /** Every change, first the jobs that wait or run now. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Job, void> {
    // Heard from the beginning: what happens while the list is read comes after it.
    const missed: Job[] = []
    const stop = this.parts.changes.listen((job) => void missed.push(job))
    const open = await this.list().finally(stop)
    const first = () => [...open.filter(({ state }) => openStates.includes(state)), ...missed]
    yield* this.parts.changes.stream({ signal, first, key: (job) => job.id })
  }

  private async queueOf(id: JobId): Promise<JobQueue> {
    const project = this.parts.project()
    if (await this.studio.has(id)) return this.studio
    if (await project?.has(id)) return project as JobQueue
    if (this.parts.isElsewhere(id)) throw new Failure('JOB_ELSEWHERE', { job: id })
    throw new Failure('NOT_FOUND', { kind: 'job', id })
  }
}
