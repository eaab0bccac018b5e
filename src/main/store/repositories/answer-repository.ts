import type { LabelValue } from '@shared/contract/library'
import type { AttributeId, PersonId, VideoId } from '@shared/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { answers, priors } from '@main/store/database/schema'
import { chunks } from './chunks'
import { insertMany } from './insert-many'

type AnswerRow = typeof answers.$inferSelect

/** Where somebody said something. `person` is null for what was said of the whole class. */
export interface Place {
  video: VideoId
  attribute: AttributeId
  person: PersonId | null
}

/** What was said there, and when (ms since 1970, null where that was not kept). */
export interface Said extends Place {
  value: LabelValue
  at: number | null
}

/** What people said of videos, each for themselves, and what was said of whole classes. */
export class AnswerRepository {
  // Bulk edits ask and answer these by the ten thousand.
  private readonly one
  private readonly prior

  constructor(private readonly db: Db) {
    const [video, attribute, person] = [
      sql.placeholder('video'),
      sql.placeholder('attribute'),
      sql.placeholder('person'),
    ]
    const [value, at] = [sql.placeholder('value'), sql.placeholder('at')]
    const own = and(eq(answers.video, video), eq(answers.attribute, attribute), eq(answers.person, person))
    const there = and(eq(priors.video, video), eq(priors.attribute, attribute))
    this.one = {
      find: db.select({ value: answers.value, at: answers.at }).from(answers).where(own).prepare(),
      put: db
        .insert(answers)
        .values({ video, attribute, person, value, at: sql`${at}` })
        .onConflictDoUpdate({
          target: [answers.video, answers.attribute, answers.person],
          set: { value: sql`excluded.value`, at: sql`excluded.at` },
        })
        .prepare(),
      drop: db.delete(answers).where(own).prepare(),
    }
    this.prior = {
      find: db.select({ value: priors.value }).from(priors).where(there).prepare(),
      put: db
        .insert(priors)
        .values({ video, attribute, value })
        .onConflictDoUpdate({ target: [priors.video, priors.attribute], set: { value: sql`excluded.value` } })
        .prepare(),
      drop: db.delete(priors).where(there).prepare(),
    }
  }

  find({ video, attribute, person }: Place): Pick<Said, 'value' | 'at'> | null {
    if (person !== null) return this.one.find.get({ video, attribute, person }) ?? null
    const row = this.prior.find.get({ video, attribute })
    return row ? { ...row, at: null } : null
  }

  /** Says it, or (null) takes it back. */
  set({ video, attribute, person }: Place, said: Pick<Said, 'value' | 'at'> | null): void {
    if (person === null) {
      if (said) this.prior.put.run({ video, attribute, value: said.value })
      else this.prior.drop.run({ video, attribute })
    } else if (said) this.one.put.run({ video, attribute, person, ...said })
    else this.one.drop.run({ video, attribute, person })
  }

  /** Everything said of these videos, by whomever. */
  ofVideos(videos: readonly VideoId[]): Said[] {
    return chunks(videos).flatMap((some) => [
      ...this.db.select().from(answers).where(inArray(answers.video, some)).all(),
      ...this.db.select().from(priors).where(inArray(priors.video, some)).all().map(ofClass),
    ])
  }

  /** What is said of these videos because of their class. */
  priorsOf(videos: readonly VideoId[]): Said[] {
    return chunks(videos).flatMap((some) =>
      this.db.select().from(priors).where(inArray(priors.video, some)).all().map(ofClass),
    )
  }

  /** Everybody who said something. */
  people(): PersonId[] {
    return this.db
      .selectDistinct({ person: answers.person })
      .from(answers)
      .all()
      .map(({ person }) => person)
  }

  ofVideo(video: VideoId): Said[] {
    return this.ofVideos([video])
  }

  ofAttribute(attribute: AttributeId): Said[] {
    return [
      ...this.db.select().from(answers).where(eq(answers.attribute, attribute)).all(),
      ...this.db.select().from(priors).where(eq(priors.attribute, attribute)).all().map(ofClass),
    ]
  }

  insertAll(said: readonly Said[]): void {
    const byPeople = said.filter((row): row is AnswerRow => row.person !== null)
    insertMany(this.db, answers, byPeople)
    insertMany(
      this.db,
      priors,
      said.filter(({ person }) => person === null).map(({ video, attribute, value }) => ({ video, attribute, value })),
    )
  }
}

function ofClass(row: typeof priors.$inferSelect): Said {
  return { ...row, person: null, at: null }
}
