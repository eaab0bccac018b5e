import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { PersonId } from '@shared/ids'
import type { Db } from '@main/store/database/database'
import { edits } from '@main/store/database/schema'
import { preparedInsert } from './insert-many'

export type EditRow = typeof edits.$inferSelect
export type NewEdit = Omit<EditRow, 'id'>
/** An edit by its number and menu text, without what it does: an import's is large. */
export type NamedEdit = Pick<EditRow, 'id' | 'label'>

interface Whose {
  scope: string
  person: PersonId
}

/** What people did, in order, per scope and person. What every edit asks is prepared once. */
export class EditRepository {
  private readonly every

  constructor(private readonly db: Db) {
    const usable = (undone: boolean) =>
      and(
        eq(edits.scope, sql.placeholder('scope')),
        eq(edits.person, sql.placeholder('person')),
        eq(edits.undone, undone),
        isNull(edits.aside),
      )
    const name = { id: edits.id, label: edits.label }
    this.every = {
      add: preparedInsert(db, edits),
      newest: db.select().from(edits).where(usable(false)).orderBy(desc(edits.id)).limit(1).prepare(),
      oldest: db.select().from(edits).where(usable(true)).orderBy(asc(edits.id)).limit(1).prepare(),
      newestName: db.select(name).from(edits).where(usable(false)).orderBy(desc(edits.id)).limit(1).prepare(),
      oldestName: db.select(name).from(edits).where(usable(true)).orderBy(asc(edits.id)).limit(1).prepare(),
      drop: db.delete(edits).where(usable(true)).prepare(),
    }
  }

  add(edit: NewEdit): void {
    this.every.add(edit)
  }

  /** The edit that undo would take back. */
  lastDone(whose: Whose): EditRow | null {
    return this.every.newest.get({ ...whose }) ?? null
  }

  /** The edit that redo would do again. */
  firstUndone(whose: Whose): EditRow | null {
    return this.every.oldest.get({ ...whose }) ?? null
  }

  /** What undo and redo would do, by name. */
  names(whose: Whose): { done: NamedEdit | null; undone: NamedEdit | null } {
    const { newestName, oldestName } = this.every
    return { done: newestName.get({ ...whose }) ?? null, undone: oldestName.get({ ...whose }) ?? null }
  }

  /** What was done and what was taken back, newest first, at most `most`. */
  list(whose: Whose, most: number): Pick<EditRow, 'id' | 'label' | 'frame' | 'at' | 'undone'>[] {
    const { id, label, frame, at, undone } = edits
    return this.db
      .select({ id, label, frame, at, undone })
      .from(edits)
      .where(and(eq(edits.scope, whose.scope), eq(edits.person, whose.person), isNull(edits.aside)))
      .orderBy(desc(edits.id))
      .limit(most)
      .all()
  }

  setUndone(id: number): void {
    this.db.update(edits).set({ undone: true }).where(eq(edits.id, id)).run()
  }

  /** Says that an edit stands again, and what would now take it back. */
  setDone(id: number, { kind, version, change }: Pick<EditRow, 'kind' | 'version' | 'change'>): void {
    const inverse = { inverseKind: kind, inverseVersion: version, inverse: change }
    this.db
      .update(edits)
      .set({ undone: false, ...inverse })
      .where(eq(edits.id, id))
      .run()
  }

  /** Another change in the place of one whose inverse takes both back. */
  setChange(id: number, { version, change }: Pick<EditRow, 'version' | 'change'>, label: string): void {
    this.db.update(edits).set({ version, change, label, at: Date.now() }).where(eq(edits.id, id)).run()
  }

  /** Keeps an edit that can be neither undone nor redone, with a sentence why. */
  setAside(id: number, why: string): void {
    this.db.update(edits).set({ aside: why }).where(eq(edits.id, id)).run()
  }

  dropUndone(whose: Whose): void {
    this.every.drop.run({ ...whose })
  }
}
