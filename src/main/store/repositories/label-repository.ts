import type { VideoLabel } from '@shared/contract/annotation'
import type { AttributeId, VideoId } from '@shared/ids'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, labelChanges, labels } from '@main/store/database/schema'
import { chunks } from './chunks'

export type LabelRow = typeof labels.$inferSelect
/** A consensus, and how it came about. */
export type Agreed = Pick<LabelRow, 'value' | 'source' | 'annotator'>

/** What is said of whole videos in the end: the consensus of people and classes. It is only read; answers make it. */
export class LabelRepository {
  private readonly findOne

  constructor(private readonly db: Db) {
    const placed = and(eq(labels.video, sql.placeholder('video')), eq(labels.attribute, sql.placeholder('attribute')))
    this.findOne = db
      .select({ value: labels.value, source: labels.source, annotator: labels.annotator })
      .from(labels)
      .where(placed)
      .prepare()
  }

  /** The consensus on a video in the vocabulary's order. */
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

  find(video: VideoId, attribute: AttributeId): Agreed | null {
    return this.findOne.get({ video, attribute }) ?? null
  }
}
