import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from '@main/store/database/database'

type Inserting = Pick<Db, 'insert'>

/** Inserts whole rows by one prepared statement: several times faster than building statements for thousands. */
export function insertMany<Table extends SQLiteTable>(
  db: Inserting,
  table: Table,
  rows: readonly Table['$inferSelect'][],
): void {
  if (rows.length === 0) return
  const insert = preparedInsert(db, table)
  for (const row of rows) insert(row)
}

/** A prepared statement that inserts one row at a time; a column that is not given is null, which gives an id its number. */
export function preparedInsert<Table extends SQLiteTable>(
  db: Inserting,
  table: Table,
): (row: Table['$inferInsert']) => void {
  const columns = Object.entries(getTableColumns(table))
  // Wrapped in sql, a placeholder has no encoder: drizzle's would make false of a null in a column of yes and no.
  const values = Object.fromEntries(columns.map(([name]) => [name, sql`${sql.placeholder(name)}`]))
  const insert = db
    .insert(table)
    .values(values as Table['$inferInsert'])
    .prepare()
  return (row) => {
    const given: Record<string, unknown> = row
    const encoded = columns.map(([name, column]) => {
      const value = given[name] ?? null
      return [name, value === null ? null : column.mapToDriverValue(value)]
    })
    insert.run(Object.fromEntries(encoded))
  }
}
