import type { Database } from 'better-sqlite3'

/** One step of the schema. Steps run in one transaction each; there are no steps back: the backup is the way back. */
export interface Migration {
  /** Its place in the row of steps, from 1; stored as `user_version`. */
  version: number
  up(db: Database): void
}
