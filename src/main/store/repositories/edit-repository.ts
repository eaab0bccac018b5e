import { and, asc, desc, eq } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { edits } from '@main/store/database/schema'

export type EditRow = typeof edits.$inferSelect
export type NewEdit = Omit<EditRow, 'id'>

/** What people did, in order, per scope. */
export class EditRepository {
  constructor(private readonly db: Db) {}

  add(edit: NewEdit): void {
    this.db.insert(edits).values(edit).run()
  }

  /** The edit that undo would take back. */
  lastDone(scope: string): EditRow | null {
    const here = and(eq(edits.scope, scope), eq(edits.undone, false))
    return this.db.select().from(edits).where(here).orderBy(desc(edits.id)).limit(1).get() ?? null
  }

  /** The edit that redo would do again. */
  firstUndone(scope: string): EditRow | null {
    const here = and(eq(edits.scope, scope), eq(edits.undone, true))
    return this.db.select().from(edits).where(here).orderBy(asc(edits.id)).limit(1).get() ?? null
  }

  setUndone(id: number): void {
    this.db.update(edits).set({ undone: true }).where(eq(edits.id, id)).run()
  }

  /** Says that an edit stands again, and what would now take it back. */
  setDone(id: number, inverse: Pick<EditRow, 'inverse' | 'inverseKind'>): void {
    this.db
      .update(edits)
      .set({ undone: false, ...inverse })
      .where(eq(edits.id, id))
      .run()
  }

  remove(id: number): void {
    this.db.delete(edits).where(eq(edits.id, id)).run()
  }

  dropUndone(scope: string): void {
    this.db
      .delete(edits)
      .where(and(eq(edits.scope, scope), eq(edits.undone, true)))
      .run()
  }
}
