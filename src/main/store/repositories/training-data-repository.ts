import type { Split } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'
import { and, count, eq, exists, gt, isNotNull, ne, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { labels, videos } from '@main/store/database/schema'

/** Videos of one class and split that can be learned from or tested on. */
export interface ClassSide {
  class: ClassId
  split: Split
  videos: number
}

/** How many training videos of a class show an attribute. */
export interface ClassAttribute {
  class: ClassId
  attribute: AttributeId
  videos: number
}

/** Counts of what a run would learn from: videos that can be read and have a class and a split. No video is read for them. */
export class TrainingDataRepository {
  constructor(private readonly db: Db) {}

  sides(): ClassSide[] {
    const rows = this.db
      .select({ class: videos.class, split: videos.split, videos: count() })
      .from(videos)
      .where(usable)
      .groupBy(videos.class, videos.split)
      .all()
    return rows.flatMap((row) => (row.class && row.split ? [{ ...row, class: row.class, split: row.split }] : []))
  }

  /** How many training videos have at least one attribute that is said to be present. */
  withAttributes(): number {
    const present = and(eq(labels.video, videos.id), eq(labels.value, 'present'))
    const has = exists(
      this.db
        .select({ one: sql`1` })
        .from(labels)
        .where(present),
    )
    const row = this.db
      .select({ n: count() })
      .from(videos)
      .where(and(usable, eq(videos.split, 'train'), has))
      .get()
    return row?.n ?? 0
  }

  /** Attributes said to be present in training videos. */
  attributesOfClasses(): ClassAttribute[] {
    const rows = this.db
      .select({ class: videos.class, attribute: labels.attribute, videos: count() })
      .from(videos)
      .innerJoin(labels, and(eq(labels.video, videos.id), eq(labels.value, 'present')))
      .where(and(usable, eq(videos.split, 'train')))
      .groupBy(videos.class, labels.attribute)
      .all()
    return rows.flatMap((row) => (row.class ? [{ ...row, class: row.class }] : []))
  }

  /** Groups with training and test videos, in order. */
  leakingGroups(): string[] {
    const rows = this.db
      .select({ group: videos.group })
      .from(videos)
      .where(and(usable, isNotNull(videos.group)))
      .groupBy(videos.group)
      .having(sql`count(distinct ${videos.split}) > 1`)
      .orderBy(videos.group)
      .all()
    return rows.flatMap(({ group }) => group ?? [])
  }
}

const usable = and(
  ...[ne(videos.status, 'failed'), isNotNull(videos.proxyFile), gt(videos.frames, 0)],
  ...[isNotNull(videos.class), isNotNull(videos.split)],
)
