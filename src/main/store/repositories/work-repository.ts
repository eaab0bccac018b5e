import type { PersonId, VideoId } from '@shared/ids'
import { and, countDistinct, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { answers, tracks, videos, works } from '@main/store/database/schema'

/** What is stored of a person's work on a video. */
export type WorkRow = typeof works.$inferSelect

/** How far people are with videos, where they did more than answer. */
export class WorkRepository {
  private readonly following

  constructor(private readonly db: Db) {
    // Every edit asks both: they are prepared once.
    const own = and(eq(works.video, sql.placeholder('video')), eq(works.person, sql.placeholder('person')))
    const here = (state: WorkRow['state']) => and(own, eq(works.state, state))
    this.following = {
      again: db.update(works).set({ state: 'submitted' }).where(here('reviewed')).prepare(),
      begun: db.delete(works).where(here('skipped')).prepare(),
    }
  }

  find(video: VideoId, person: PersonId): WorkRow | null {
    return this.db.select().from(works).where(at(video, person)).get() ?? null
  }

  ofVideo(video: VideoId): WorkRow[] {
    return this.db.select().from(works).where(eq(works.video, video)).all()
  }

  put({ state, note, at: when, ...place }: WorkRow): void {
    this.db
      .insert(works)
      .values({ ...place, state, note, at: when })
      .onConflictDoUpdate({ target: [works.video, works.person], set: { state, note, at: when } })
      .run()
  }

  remove(video: VideoId, person: PersonId): void {
    this.db.delete(works).where(at(video, person)).run()
  }

  /**
   * Follows an edit: what was accepted waits for a reviewer again, and what was skipped is begun.
   * @returns whether anything changed
   */
  follow(video: VideoId, person: PersonId): boolean {
    const again = this.following.again.run({ video, person })
    const begun = this.following.begun.run({ video, person })
    return again.changes + begun.changes > 0
  }

  /** Everybody who answered or boxed something of a video. */
  saidBy(video: VideoId): PersonId[] {
    const people = [
      ...this.db.selectDistinct({ person: answers.person }).from(answers).where(eq(answers.video, video)).all(),
      ...this.db.selectDistinct({ person: tracks.person }).from(tracks).where(eq(tracks.video, video)).all(),
    ]
    return [...new Set(people.map(({ person }) => person))]
  }

  /** Videos with work of others in this state, in natural order of name. */
  ofOthers(person: PersonId, state: WorkRow['state']): VideoId[] {
    return this.inState(ofOthers(person, state))
  }

  /** Videos of which a person's own work is in this state, in natural order of name. */
  ofPerson(person: PersonId, state: WorkRow['state']): VideoId[] {
    return this.inState(ofPerson(person, state))
  }

  /** How many videos `ofOthers` lists. */
  countOfOthers(person: PersonId, state: WorkRow['state']): number {
    return this.countInState(ofOthers(person, state))
  }

  /** How many videos `ofPerson` lists. */
  countOfPerson(person: PersonId, state: WorkRow['state']): number {
    return this.countInState(ofPerson(person, state))
  }

  // Work leads to its videos, and not every video to its work: of a large library few are in any state.
  private inState(which: ReturnType<typeof and>): VideoId[] {
    return this.db
      .selectDistinct({ id: videos.id, sortKey: videos.sortKey })
      .from(works)
      .innerJoin(videos, eq(videos.id, works.video))
      .where(which)
      .orderBy(videos.sortKey)
      .all()
      .map(({ id }) => id)
  }

  private countInState(which: ReturnType<typeof and>): number {
    const found = this.db
      .select({ count: countDistinct(works.video) })
      .from(works)
      .innerJoin(videos, eq(videos.id, works.video))
      .where(which)
      .get()
    return found?.count ?? 0
  }
}

function at(video: VideoId, person: PersonId) {
  return and(eq(works.video, video), eq(works.person, person))
}

const ofOthers = (person: PersonId, state: WorkRow['state']) => and(ne(works.person, person), eq(works.state, state))
const ofPerson = (person: PersonId, state: WorkRow['state']) => and(eq(works.person, person), eq(works.state, state))

/** States after which a person is done with a video. */
const doneStates: readonly WorkRow['state'][] = ['submitted', 'skipped', 'reviewed']

/** True, in a query, for work that its person is done with. */
export const isDone = inArray(works.state, [...doneStates])
