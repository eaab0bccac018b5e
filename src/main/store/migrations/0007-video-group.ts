import type { Migration } from './migration'

/** Videos of one film, person or place can be said to belong together. Until now nobody could say so: each stood for itself. */
export const videoGroup: Migration = {
  version: 7,
  up: (db) => db.exec('alter table video add column group_name text'),
}
