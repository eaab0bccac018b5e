import type { Migration } from './migration'

/** A classifier can begin with the weights of another one. Runs of before hold null: they began from chance. */
export const startFrom: Migration = {
  version: 3,
  up(db) {
    db.exec('alter table run add column start_from text')
  },
}
