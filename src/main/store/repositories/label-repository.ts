import type { VideoLabel } from '@shared/contract/annotation'
import type { AttributeId, VideoId } from '@shared/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, labelChanges, labels } from '@main/store/database/schema'
import { chunks } from './chunks'
import { insertMany } from './insert-many'

export type LabelRow = typeof labels.$inferSelect
/** An answer, and whose it is. */
export type Answer = Pick<LabelRow, 'value' | 'source' | 'annotator'>
/** What is said of an attribute in a video; null for nothing. */
export interface LabelState {
  video: VideoId
  attribute: AttributeId
  answer: Answer | null
}

/** What is said of whole videos: attribute present, absent, unsure. */
export class LabelRepository {
  // Bulk edits ask and answer these by the ten thousand.
  private readonly findOne
  private readonly putOne
  private readonly dropOne

  constructor(private readonly db: Db) {
    const placed = and(eq(labels.video, sql.placeholder('video')), eq(labels.attribute, sql.placeholder('attribute')))
    const answer = {
      value: sql.placeholder('value'),
      source: sql.placeholder('source'),
      annotator: sql.placeholder('annotator'),
    }
    this.findOne = db
      .select({ value: labels.value, source: labels.source, annotator: labels.annotator })
      .from(labels)
      .where(placed)
      .prepare()
    this.putOne = db
      .insert(labels)
      .values({ video: sql.placeholder('video'), attribute: sql.placeholder('attribute'), ...answer })
      .onConflictDoUpdate({
        target: [labels.video, labels.attribute],
        set: { value: sql`excluded.value`, source: sql`excluded.source`, annotator: sql`excluded.annotator` },
      })
      .prepare()
    this.dropOne = db.delete(labels).where(placed).prepare()
  }

  /** The answers of a video in the vocabulary's order. */
  ofVideo(video: VideoId): VideoLabel[] {
    const { attribute, value, source, annotator } = labels
    return this.db
      .select({ attribute, value, source, annotator })
      .from(labels)
      .innerJoin(attributes, eq(attributes.id, labels.attribute))
      .where(eq(labels.video, video))
      .orderBy(attributes.position)
      .all()
  }

  /** Attributes said to be present: S(x) of the paper. */
  present(video: VideoId): Set<AttributeId> {
    const rows = this.db
      .select({ attribute: labels.attribute })
      .from(labels)
      .where(and(eq(labels.video, video), eq(labels.value, 'present')))
      .all()
    return new Set(rows.map(({ attribute }) => attribute))
  }

  /** S(x) of every video that has any. */
  allPresent(): Map<VideoId, Set<AttributeId>> {
    const rows = this.db
      .select({ video: labels.video, attribute: labels.attribute })
      .from(labels)
      .where(eq(labels.value, 'present'))
      .all()
    const sets = new Map<VideoId, Set<AttributeId>>()
    for (const { video, attribute } of rows) {
      const set = sets.get(video)
      if (set) set.add(attribute)
      else sets.set(video, new Set([attribute]))
    }
    return sets
  }

  /** When the class, labels or boxes of each video last changed; a video of which that never did is left out. */
  changes(): Map<VideoId, number> {
    const rows = this.db.select().from(labelChanges).all()
    return new Map(rows.map(({ video, at }) => [video, at]))
  }

  ofVideos(videos: readonly VideoId[]): LabelRow[] {
    return chunks(videos).flatMap((some) => this.db.select().from(labels).where(inArray(labels.video, some)).all())
  }

  ofAttribute(attribute: AttributeId): LabelRow[] {
    return this.db.select().from(labels).where(eq(labels.attribute, attribute)).orderBy(labels.video).all()
  }

  find(video: VideoId, attribute: AttributeId): Answer | null {
    return this.findOne.get({ video, attribute }) ?? null
  }

  set({ video, attribute, answer }: LabelState): void {
    if (answer) this.putOne.run({ video, attribute, ...answer })
    else this.dropOne.run({ video, attribute })
  }

  insertAll(rows: readonly LabelRow[]): void {
    insertMany(this.db, labels, rows)
  }
}
