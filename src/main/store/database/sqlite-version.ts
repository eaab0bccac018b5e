import Sqlite from 'better-sqlite3'

/** Of the SQLite that better-sqlite3 brings along. */
export function sqliteVersion(): string {
  const database = new Sqlite(':memory:')
  try {
    return String(database.prepare('select sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}
