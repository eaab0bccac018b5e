import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from '@main/store/database/database'

/** How many rows of a table fit. */
export function counted(db: Db, table: SQLiteTable, where: SQL | undefined): number {
  const row = db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(where)
    .get()
  return row?.rows ?? 0
}
