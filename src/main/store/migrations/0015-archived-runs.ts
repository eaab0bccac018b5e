import type { Migration } from './migration'

/** Runs can be put away without deleting them. */
export const archivedRuns: Migration = {
  version: 15,
  up(db) {
    db.exec('alter table run add column archived integer not null default 0')
  },
}
