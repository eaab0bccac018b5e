import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import type { JobRepository } from '@main/store/repositories/job-repository'
import type {
  Claim,
  Claimed,
  Extended,
  Held,
  JobStore,
  NewStoredJob,
  Settlement,
  StoppedAs,
  StoredJob,
} from './job-store'

/** The two ways of writing to a project that stop nobody else. */
export interface JobWrites {
  /** For what comes by itself and again: hardly waits, and fails. */
  briefly: <T>(action: () => T) => T
  /** For what somebody asked for: waits its turn. */
  write: <T>(action: () => T) => Promise<T>
}

/** Jobs in the project's database; no lock of another program stops the host over them. */
export class ProjectJobStore implements JobStore {
  constructor(
    private readonly jobs: JobRepository,
    private readonly writes: JobWrites,
    private readonly now: () => number = Date.now,
  ) {}

  async add(job: NewStoredJob): Promise<StoredJob> {
    return this.writes.write(() => this.jobs.add(job, this.now()))
  }

  async get(id: JobId): Promise<StoredJob | null> {
    return this.jobs.find(id)
  }

  async list(states?: readonly JobState[]): Promise<StoredJob[]> {
    return this.jobs.list(states)
  }

  async claim(claim: Claim): Promise<Claimed | null> {
    return this.writes.briefly(() => this.jobs.claim(claim, this.now()))
  }

  async extend(held: Held, leaseMs: number): Promise<Extended> {
    return this.writes.briefly(() => this.jobs.extend(held, this.now() + leaseMs))
  }

  async settle(held: Held, settlement: Settlement): Promise<boolean> {
    return this.writes.briefly(() => this.jobs.settle(held, settlement, this.now()))
  }

  async stop(id: JobId, as: StoppedAs): Promise<StoredJob | null> {
    return this.writes.write(() => this.jobs.stop(id, as, this.now()))
  }

  async requeue(id: JobId): Promise<StoredJob | null> {
    return this.writes.write(() => this.jobs.requeue(id))
  }

  async sweep(): Promise<StoredJob[]> {
    return this.writes.briefly(() => this.jobs.sweep(this.now()))
  }
}
