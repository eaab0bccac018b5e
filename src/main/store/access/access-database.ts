import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { makeFolder } from '@main/files/make-folder'
import { journalMode } from '@main/store/database/journal-mode'
import { migrate } from '@main/store/database/migrate'
import * as schema from './access-schema'

export interface AccessDatabase {
  db: BetterSQLite3Database<typeof schema>
  /** Why what is written is forgotten with this process; null where it is kept. */
  forgotten: unknown
  close(): void
}

/**
 * Opens `<home>/access.db`: people, links and sessions of this machine's studio. They lie outside the projects, so that
 * no folder from elsewhere brings its own way in. Several processes may use it at once. Where the home folder cannot
 * be written, a database in memory takes its place: nobody is kept from starting the studio.
 */
export function openAccess(home: string): AccessDatabase {
  try {
    makeFolder(home)
    return opened(new Sqlite(join(home, 'access.db'), { timeout: 3000 }), journalMode(home), null)
  } catch (error) {
    return opened(new Sqlite(':memory:'), 'DELETE', error)
  }
}

function opened(client: Sqlite.Database, mode: 'WAL' | 'DELETE', forgotten: unknown): AccessDatabase {
  try {
    client.pragma(`journal_mode = ${mode}`)
    client.pragma('synchronous = FULL')
    client.pragma('foreign_keys = ON')
    migrate(client, schema.accessMigrations)
    return { db: drizzle(client, { schema }), forgotten, close: () => void client.close() }
  } catch (error) {
    client.close()
    throw error
  }
}
