import Sqlite from 'better-sqlite3'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'

type Row = Record<string, unknown>

/** A database in memory that has been through the first `version` steps, with these rows. */
export function databaseAt(version: number, rows: Record<string, Row[]> = {}): Sqlite.Database {
  const db = new Sqlite(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, migrations, version)
  for (const [table, list] of Object.entries(rows)) for (const row of list) insert(db, table, row)
  return db
}

/** Every row of a table, in the order of its key. */
export function rowsOf(db: Sqlite.Database, table: string): Row[] {
  return db.prepare(`select * from "${table}" order by 1, 2`).all() as Row[]
}

/** Every row of every table that people's edits change. */
export function editedRows(db: Sqlite.Database): Record<string, Row[]> {
  const tables = ['class', 'attribute', 'video', 'answer', 'prior', 'video_attribute', 'track', 'keyframe']
  return Object.fromEntries(tables.map((table) => [table, rowsOf(db, table)]))
}

function insert(db: Sqlite.Database, table: string, row: Row): void {
  const names = Object.keys(row)
  const columns = names.map((name) => `"${name}"`).join(', ')
  db.prepare(`insert into "${table}" (${columns}) values (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(row),
  )
}
