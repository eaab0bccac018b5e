import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import { type SQL, and, asc, desc, eq, getTableColumns, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { jobs } from '@main/store/database/schema'
import type { JobClaim, JobEnding, JobHeld, JobRow, JobStoppedAs, NewJobRow } from './job-row'

const open: readonly JobState[] = ['queued', 'running']
const { input, notBefore: _1, leaseOwner: _2, leaseUntil: _3, stopAsked: _4, ...shown } = getTableColumns(jobs)
const asked = ['kept', 'stop', 'pause'] as const
const columns = { ...shown, payload: input }

/** What a job waits for is done. */
const isReady = sql`not exists (select 1 from json_each(${jobs.after}) as before
  where not exists (select 1 from job as other where other.id = before.value and other.state = 'done'))`
/** What a job waits for is gone, or has come to nothing. */
const waitsInVain = sql`exists (select 1 from json_each(${jobs.after}) as before
  where not exists (select 1 from job as other
    where other.id = before.value and other.state not in ('failed', 'cancelled')))`

/** Work that waits, runs or has ended, and who does it until when. Times are ms since 1970. */
export class JobRepository {
  constructor(private readonly db: Db) {}

  /** Newest first; those in one of these states, or all. */
  list(states?: readonly JobState[]): JobRow[] {
    const rows = this.db.select(columns).from(jobs)
    const some = states ? rows.where(inArray(jobs.state, [...states])) : rows
    return some.orderBy(desc(jobs.createdAt), desc(sql`rowid`)).all()
  }

  find(id: JobId): JobRow | null {
    return this.db.select(columns).from(jobs).where(eq(jobs.id, id)).get() ?? null
  }

  /** Adds a job that waits; one of the same id stays as it is. */
  add({ payload, after, ...job }: NewJobRow, now: number): JobRow {
    this.db
      .insert(jobs)
      .values({ ...job, after: [...after], input: payload, state: 'queued', createdAt: now })
      .onConflictDoNothing()
      .run()
    return this.there(job.id)
  }

  /** Takes the next job that may be begun: those that wait, and those whose holder let the lease run out. */
  claim({ kinds, owner, leaseMs, only }: JobClaim, now: number): { job: JobRow; resumed: boolean } | null {
    const waits = and(eq(jobs.state, 'queued'), lte(jobs.notBefore, now), isReady)
    const left = and(isLeft(now), eq(jobs.stopAsked, 0), lt(jobs.attempts, jobs.mostAttempts))
    const asked = and(inArray(jobs.kind, [...kinds]), only ? inArray(jobs.id, [...only]) : undefined)
    const look = (db: Pick<Db, 'select'>) =>
      db
        .select({ id: jobs.id, startedAt: jobs.startedAt })
        .from(jobs)
        .where(and(asked, sql`(${waits} or ${left})`))
        .orderBy(desc(jobs.priority), asc(jobs.createdAt), asc(sql`rowid`))
        .limit(1)
        .get()
    // Nearly always there is none, and looking needs no lock.
    if (!look(this.db)) return null
    return this.db.transaction(
      (tx) => {
        const next = look(tx)
        if (!next) return null
        const times = { startedAt: next.startedAt ?? now, endedAt: null, attempts: sql`${jobs.attempts} + 1` }
        const lease = { leaseOwner: owner, leaseUntil: now + leaseMs, stopAsked: 0 as const }
        tx.update(jobs)
          .set({ state: 'running', ...times, ...lease })
          .where(eq(jobs.id, next.id))
          .run()
        return { job: this.there(next.id), resumed: next.startedAt !== null }
      },
      { behavior: 'immediate' },
    )
  }

  extend(held: JobHeld, until: number): 'kept' | 'stop' | 'pause' | 'lost' {
    const [row] = this.db
      .update(jobs)
      .set({ leaseUntil: until })
      .where(isHeldBy(held))
      .returning({ stop: jobs.stopAsked })
      .all()
    return row ? asked[row.stop] : 'lost'
  }

  /** Gives a job back; false where it is no longer the owner's. */
  settle(held: JobHeld, ending: JobEnding, now: number): boolean {
    const free = { leaseOwner: null, leaseUntil: 0 }
    const set =
      ending.state === 'queued'
        ? { state: ending.state, notBefore: now + ending.delayMs, ...free }
        : { failure: null, ...ending, endedAt: now, ...free }
    return this.db.update(jobs).set(set).where(isHeldBy(held)).run().changes > 0
  }

  /** Ends a job that nobody holds; asks its holder otherwise. Null where it has ended. */
  stop(id: JobId, as: JobStoppedAs, now: number): JobRow | null {
    const isOpen = and(eq(jobs.id, id), inArray(jobs.state, [...open]))
    const held = and(isOpen, eq(jobs.state, 'running'), gte(jobs.leaseUntil, now))
    const told = this.db
      .update(jobs)
      .set({ stopAsked: as === 'paused' ? 2 : 1 })
      .where(held)
      .run().changes
    if (told > 0) return this.there(id)
    const ended = { state: as, endedAt: now, leaseOwner: null, leaseUntil: 0 }
    return this.db.update(jobs).set(ended).where(isOpen).run().changes > 0 ? this.there(id) : null
  }

  /** Lets an ended job wait again. Null where it is done, or has not ended. */
  requeue(id: JobId): JobRow | null {
    const ended = and(eq(jobs.id, id), inArray(jobs.state, ['failed', 'cancelled', 'interrupted', 'paused']))
    const fresh = {
      state: 'queued' as const,
      attempts: 0,
      failure: null,
      endedAt: null,
      notBefore: 0,
      stopAsked: 0 as const,
    }
    return this.db.update(jobs).set(fresh).where(ended).run().changes > 0 ? this.there(id) : null
  }

  /** Ends what nobody will take up any more, and gives it. */
  sweep(now: number): JobRow[] {
    return [
      ...this.endAll(and(isLeft(now), eq(jobs.stopAsked, 1)), 'cancelled', now),
      ...this.endAll(and(isLeft(now), eq(jobs.stopAsked, 2)), 'paused', now),
      ...this.endAll(and(isLeft(now), gte(jobs.attempts, jobs.mostAttempts)), 'interrupted', now),
      ...this.endAll(and(eq(jobs.state, 'queued'), waitsInVain), 'cancelled', now),
    ]
  }

  private endAll(which: SQL | undefined, state: JobState, now: number): JobRow[] {
    // Nearly always there is none, and looking writes nothing.
    const ids = this.db
      .select({ id: jobs.id })
      .from(jobs)
      .where(which)
      .all()
      .map(({ id }) => id)
    if (ids.length === 0) return []
    const ended = { state, endedAt: now, leaseOwner: null, leaseUntil: 0 }
    this.db.update(jobs).set(ended).where(inArray(jobs.id, ids)).run()
    return ids.map((id) => this.there(id))
  }

  private there(id: JobId): JobRow {
    const job = this.find(id)
    if (!job) throw new Error(`job ${id} is not there`)
    return job
  }
}

/** Its holder has died, or says nothing. */
function isLeft(now: number): SQL | undefined {
  return and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, now))
}

/** An owner whose time ran out keeps the job as long as nobody else took it. */
function isHeldBy({ id, owner }: JobHeld): SQL | undefined {
  return and(eq(jobs.id, id), eq(jobs.state, 'running'), eq(jobs.leaseOwner, owner))
}
