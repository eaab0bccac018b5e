import type { Migration } from './migration'

/**
 * What makes a number of masking comparable is kept with each output: its area beside the method's, whether its score counts as
 * evidence, and how far it agrees with a second opinion. Rows measured before hold null: it was not kept.
 */
export const controls: Migration = {
  version: 6,
  up(db) {
    db.exec(`
      alter table outcome add column area real;
      alter table outcome add column supported integer;
      alter table outcome add column agreement real;
    `)
  },
}
