import type { Migration } from './migration'

/** What the clip itself is said to show stands beside each output. Rows measured before hold null: it was not kept. */
export const outcomePresence: Migration = {
  version: 13,
  up(db) {
    db.exec('alter table outcome add column presence real')
  },
}
