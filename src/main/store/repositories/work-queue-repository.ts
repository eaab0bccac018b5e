import type { WorkQueue } from '@shared/contract/work'
import type { PersonId, VideoId } from '@shared/ids'
import { type SQL, and, asc, count, desc, eq, exists, gt, lt, ne, not, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { videos, workQueueVideos as queued, workQueues, works } from '@main/store/database/schema'
import { insertMany } from './insert-many'
import { isDone } from './work-repository'

/** A person's queue, without its videos. */
export type QueueRow = typeof workQueues.$inferSelect

/** The videos each person goes through, in the order they had when the queue was entered. */
export class WorkQueueRepository {
  constructor(private readonly db: Db) {}

  find(person: PersonId): QueueRow | null {
    return this.db.select().from(workQueues).where(eq(workQueues.person, person)).get() ?? null
  }

  /** Puts a queue in the place of the one before. */
  put(queue: QueueRow, list: readonly VideoId[]): void {
    this.remove(queue.person)
    this.db.insert(workQueues).values(queue).run()
    insertMany(
      this.db,
      queued,
      list.map((video, place) => ({ person: queue.person, place, video })),
    )
  }

  remove(person: PersonId): void {
    this.db.delete(queued).where(eq(queued.person, person)).run()
    this.db.delete(workQueues).where(eq(workQueues.person, person)).run()
  }

  stand(person: PersonId, video: VideoId): void {
    this.db.update(workQueues).set({ at: video }).where(eq(workQueues.person, person)).run()
  }

  has(person: PersonId, video: VideoId): boolean {
    return this.placeOf(person, video) !== null
  }

  /** What there is of a queue around one of its videos; removed videos are passed over. */
  around({ person, kind }: QueueRow, video: VideoId | null): Omit<WorkQueue, 'name' | 'kind' | 'at'> {
    const place = video ? this.placeOf(person, video) : null
    const mine = this.mine(person)
    const open = and(mine, this.isOpen(person, kind))
    const here = place ?? -1
    const [after, before] = [gt(queued.place, here), lt(queued.place, here)]
    return {
      total: this.count(mine),
      done: this.count(mine) - this.count(open),
      index: place === null ? null : this.count(and(mine, before)),
      previous: place === null ? null : this.first(and(mine, before), 'last'),
      next: place === null ? null : this.first(and(mine, after)),
      open: this.first(and(open, after)) ?? this.first(and(open, before)) ?? this.first(open),
    }
  }

  private placeOf(person: PersonId, video: VideoId): number | null {
    const here = and(eq(queued.person, person), eq(queued.video, video))
    return this.db.select({ place: queued.place }).from(queued).where(here).get()?.place ?? null
  }

  private mine(person: PersonId): SQL | undefined {
    const there = this.db
      .select({ there: sql`1` })
      .from(videos)
      .where(eq(videos.id, queued.video))
    return and(eq(queued.person, person), exists(there))
  }

  private isOpen(person: PersonId, kind: WorkQueue['kind']): SQL {
    const some = (which: SQL | undefined) =>
      exists(
        this.db
          .select({ there: sql`1` })
          .from(works)
          .where(and(eq(works.video, queued.video), which)),
      )
    return kind === 'review'
      ? some(and(ne(works.person, person), eq(works.state, 'submitted')))
      : not(some(and(eq(works.person, person), isDone)))
  }

  private count(which: SQL | undefined): number {
    return this.db.select({ n: count() }).from(queued).where(which).get()?.n ?? 0
  }

  private first(which: SQL | undefined, end: 'first' | 'last' = 'first'): VideoId | null {
    const order = end === 'first' ? asc(queued.place) : desc(queued.place)
    return (
      this.db.select({ video: queued.video }).from(queued).where(which).orderBy(order).limit(1).get()?.video ?? null
    )
  }
}
