import { Failure } from '@shared/failures'
import type { ClassId } from '@shared/ids'
import { count, eq, sql, sum } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { classes, videos } from '@main/store/database/schema'
import { byName } from './sort-key'

export type ClassRow = typeof classes.$inferSelect

/** The classes of the project's classifier. */
export class ClassRepository {
  constructor(private readonly db: Db) {}

  /** All, in natural order of name, with how many training and test videos each has. */
  list(): (ClassRow & { train: number; test: number })[] {
    const inSplit = (split: string) => sum(sql`${videos.split} = ${split}`).mapWith(Number)
    return this.db
      .select({ id: classes.id, name: classes.name, train: inSplit('train'), test: inSplit('test') })
      .from(classes)
      .leftJoin(videos, eq(videos.class, classes.id))
      .groupBy(classes.id)
      .all()
      .map((row) => ({ ...row, train: row.train ?? 0, test: row.test ?? 0 }))
      .sort(byName)
  }

  rows(): ClassRow[] {
    return this.db.select().from(classes).all().sort(byName)
  }

  find(id: ClassId): ClassRow | null {
    return this.db.select().from(classes).where(eq(classes.id, id)).get() ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: ClassId): ClassRow {
    const row = this.find(id)
    if (!row) throw new Failure('NOT_FOUND', { kind: 'class', id })
    return row
  }

  byName(name: string): ClassRow | null {
    return this.db.select().from(classes).where(eq(classes.name, name)).get() ?? null
  }

  count(): number {
    return this.db.select({ n: count() }).from(classes).get()?.n ?? 0
  }

  /** Writes the row as it is, new or not. */
  put(row: ClassRow): void {
    this.db.insert(classes).values(row).onConflictDoUpdate({ target: classes.id, set: row }).run()
  }

  /** Deletes a class that no video has. */
  remove(id: ClassId): void {
    this.db.delete(classes).where(eq(classes.id, id)).run()
  }
}
