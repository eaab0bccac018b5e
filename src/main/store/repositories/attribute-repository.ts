import type { AttributeInfo } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { AttributeId } from '@shared/ids'
import { and, count, countDistinct, eq, getTableColumns, max, ne, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, labels, tracks } from '@main/store/database/schema'
import { lazily } from './lazily'

export type AttributeRow = typeof attributes.$inferSelect

/** The vocabulary: what videos are said to show. */
export class AttributeRepository {
  // Every edit of an answer asks for its word.
  private readonly one = lazily(() =>
    this.db
      .select()
      .from(attributes)
      .where(eq(attributes.id, sql.placeholder('id')))
      .prepare(),
  )

  constructor(private readonly db: Db) {}

  /** All, in order of making, with the number of videos they are present in and boxed in. */
  list(): AttributeInfo[] {
    const present = this.db
      .select({ attribute: labels.attribute, videos: count().as('videos') })
      .from(labels)
      .where(eq(labels.value, 'present'))
      .groupBy(labels.attribute)
      .as('present')
    const boxed = this.db
      .select({ attribute: tracks.attribute, videos: countDistinct(tracks.video).as('boxed_videos') })
      .from(tracks)
      .groupBy(tracks.attribute)
      .as('boxed')
    const { position: _, ...columns } = getTableColumns(attributes)
    return this.db
      .select({ ...columns, videos: present.videos, withBoxes: boxed.videos })
      .from(attributes)
      .leftJoin(present, eq(present.attribute, attributes.id))
      .leftJoin(boxed, eq(boxed.attribute, attributes.id))
      .orderBy(attributes.position)
      .all()
      .map((row) => ({ ...row, videos: row.videos ?? 0, withBoxes: row.withBoxes ?? 0 }))
  }

  rows(): AttributeRow[] {
    return this.db.select().from(attributes).orderBy(attributes.position).all()
  }

  find(id: AttributeId): AttributeRow | null {
    return this.one().get({ id }) ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: AttributeId): AttributeRow {
    const row = this.find(id)
    if (!row) throw new Failure('NOT_FOUND', { kind: 'attribute', id })
    return row
  }

  byName(name: string): AttributeRow | null {
    return this.db.select().from(attributes).where(eq(attributes.name, name)).get() ?? null
  }

  nextPosition(): number {
    const { last } = this.db
      .select({ last: max(attributes.position) })
      .from(attributes)
      .get() ?? { last: null }
    return last === null ? 0 : last + 1
  }

  /** The smallest colour slot that no attribute has. */
  freeSlot(): number {
    return this.freeSlots(1)[0] ?? 0
  }

  /** The smallest colour slots that no attribute has. */
  freeSlots(count: number): number[] {
    const taken = new Set(
      this.db
        .select({ slot: attributes.slot })
        .from(attributes)
        .all()
        .map(({ slot }) => slot),
    )
    const free: number[] = []
    for (let slot = 0; free.length < count; slot++) if (!taken.has(slot)) free.push(slot)
    return free
  }

  hasOtherWithSlot({ id, slot }: Pick<AttributeRow, 'id' | 'slot'>): boolean {
    const other = and(eq(attributes.slot, slot), ne(attributes.id, id))
    return this.db.select().from(attributes).where(other).get() !== undefined
  }

  count(): number {
    return this.db.select({ n: count() }).from(attributes).get()?.n ?? 0
  }

  /** Writes the row as it is, new or not. */
  put(row: AttributeRow): void {
    this.db.insert(attributes).values(row).onConflictDoUpdate({ target: attributes.id, set: row }).run()
  }

  /** Deletes the word with its labels, tracks and spans. */
  remove(id: AttributeId): void {
    this.db.delete(attributes).where(eq(attributes.id, id)).run()
  }
}
