import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import type { JobRepository } from '@main/store/repositories/job-repository'
import type { Claim, Claimed, Held, JobStore, NewStoredJob, Settlement, StoredJob } from './job-store'

/** Jobs in the project's database. What comes by itself and again is written briefly, so that no lock stops the host. */
export class ProjectJobStore implements JobStore {
  constructor(
    private readonly jobs: JobRepository,
    private readonly briefly: <T>(action: () => T) => T,
    private readonly now: () => number = Date.now,
  ) {}

  async add(job: NewStoredJob): Promise<StoredJob> {
    return this.jobs.add(job, this.now())
  }

  async get(id: JobId): Promise<StoredJob | null> {
    return this.jobs.find(id)
  }

  async list(states?: readonly JobState[]): Promise<StoredJob[]> {
    return this.jobs.list(states)
  }

  async claim(claim: Claim): Promise<Claimed | null> {
    return this.briefly(() => this.jobs.claim(claim, this.now()))
  }

  async extend(held: Held, leaseMs: number): Promise<'kept' | 'stop' | 'lost'> {
    return this.briefly(() => this.jobs.extend(held, this.now() + leaseMs))
  }

  async settle(held: Held, settlement: Settlement): Promise<boolean> {
    return this.briefly(() => this.jobs.settle(held, settlement, this.now()))
  }

  async stop(id: JobId, as: 'cancelled' | 'interrupted'): Promise<StoredJob | null> {
    return this.jobs.stop(id, as, this.now())
  }

  async requeue(id: JobId): Promise<StoredJob | null> {
    return this.jobs.requeue(id)
  }

  async sweep(): Promise<StoredJob[]> {
    return this.briefly(() => this.jobs.sweep(this.now()))
  }
}
