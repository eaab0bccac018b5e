import type { Database } from 'better-sqlite3'
import type { Migration } from '@main/store/migrations/migration'

/** Runs the steps a database has not been through, up to `target`, each in a transaction of its own. */
export function migrate(db: Database, migrations: readonly Migration[], target = migrations.length): void {
  const from = Number(db.pragma('user_version', { simple: true }))
  for (const { version, up } of migrations.slice(from, target)) {
    db.transaction(() => {
      up(db)
      db.pragma(`user_version = ${version}`)
    }).immediate()
  }
}
