import type { Migration } from './migration'

/** A word of the vocabulary may have a picture; those of before have none. */
export const picturesOfWords: Migration = {
  version: 18,
  up(db) {
    db.exec(`
      create table picture (
        id text primary key not null,
        bytes blob not null
      ) strict;
      alter table attribute add column picture text;
    `)
  },
}
