import type { Migration } from './migration'

/**
 * Outputs after the best one can be masked too, one by one and together with all better ones. Rows measured before hold
 * null: it was not done, and how many negatives tied with B was not kept.
 */
export const eachOutput: Migration = {
  version: 2,
  up(db) {
    db.exec(`
      alter table outcome add column neg_ties integer;
      alter table outcome add column union_neg_rank real;
      alter table outcome add column union_neg_ties integer;
    `)
  },
}
