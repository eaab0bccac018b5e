import type { Job } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import type { JobRepository } from '@main/store/repositories/job-repository'
import type { JobPatch, JobStore, StoredJob } from './job-store'

/** Jobs in the project's database. */
export class ProjectJobStore implements JobStore {
  constructor(private readonly jobs: JobRepository) {}

  insert({ payload, ...job }: StoredJob): void {
    this.jobs.create(job, payload)
  }

  update(id: JobId, patch: JobPatch): void {
    this.jobs.update(id, patch)
  }

  get(id: JobId): StoredJob | null {
    const job = this.jobs.find(id)
    return job ? this.withPayload(job) : null
  }

  list(): StoredJob[] {
    return this.jobs.list().map((job) => this.withPayload(job))
  }

  private withPayload(job: Job): StoredJob {
    return { ...job, payload: this.jobs.input(job.id) }
  }
}
