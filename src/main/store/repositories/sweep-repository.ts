import type { Sweep } from '@shared/contract/sweeps'
import { Failure } from '@shared/failures'
import type { SweepId } from '@shared/ids'
import { desc, eq, notInArray } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { runs, sweeps } from '@main/store/database/schema'

/** Groups of runs that were started together; which runs are theirs stands with the runs. */
export class SweepRepository {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  list(): Sweep[] {
    return this.db.select().from(sweeps).orderBy(desc(sweeps.createdAt), desc(sweeps.id)).all()
  }

  find(id: SweepId): Sweep | null {
    return this.db.select().from(sweeps).where(eq(sweeps.id, id)).get() ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: SweepId): Sweep {
    const sweep = this.find(id)
    if (!sweep) throw new Failure('NOT_FOUND', { kind: 'sweep', id })
    return sweep
  }

  create(sweep: Sweep): void {
    this.db.insert(sweeps).values(sweep).run()
  }

  /** Forgets those whose last run was deleted. */
  removeEmpty(): void {
    const filled = this.db.select({ id: runs.sweep }).from(runs).all()
    const ids = filled.flatMap(({ id }) => id ?? [])
    this.db
      .delete(sweeps)
      .where(notInArray(sweeps.id, [...new Set(ids)]))
      .run()
  }
}
