import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { desc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { jobs } from '@main/store/database/schema'

/** What may change of a job after it was made. */
export type JobPatch = Partial<Omit<Job, 'id' | 'kind' | 'createdAt'>>

const { input: _, ...columns } = getTableColumns(jobs)

/** Work that waits, runs or has ended. */
export class JobRepository {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  list(): Job[] {
    return this.db.select(columns).from(jobs).orderBy(desc(jobs.createdAt), desc(jobs.id)).all()
  }

  find(id: JobId): Job | null {
    return this.db.select(columns).from(jobs).where(eq(jobs.id, id)).get() ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: JobId): Job {
    const job = this.find(id)
    if (!job) throw new Failure('NOT_FOUND', { kind: 'job', id })
    return job
  }

  /** What the job was asked to do. */
  input(id: JobId): unknown {
    return this.db.select({ input: jobs.input }).from(jobs).where(eq(jobs.id, id)).get()?.input ?? null
  }

  create(job: Job, input: unknown): void {
    this.db
      .insert(jobs)
      .values({ ...job, input })
      .run()
  }

  /** Throws Failure NOT_FOUND. */
  update(id: JobId, patch: JobPatch): Job {
    if (Object.keys(patch).length > 0) this.db.update(jobs).set(patch).where(eq(jobs.id, id)).run()
    return this.get(id)
  }

  /** Marks what was running when the studio last ended, and says which that was. Those that waited still wait. */
  interruptRunning(at: number): Job[] {
    const running = this.db.select({ id: jobs.id }).from(jobs).where(eq(jobs.state, 'running')).all()
    const ids = running.map(({ id }) => id)
    this.db.update(jobs).set({ state: 'interrupted', endedAt: at }).where(inArray(jobs.id, ids)).run()
    return ids.map((id) => this.get(id))
  }

  remove(id: JobId): void {
    this.db.delete(jobs).where(eq(jobs.id, id)).run()
  }
}
