import type { Migration } from './migration'

/** Runs can be started together, as one sweep, and given up early. Runs of before were each started alone. */
export const sweeps: Migration = {
  version: 12,
  up(db) {
    db.exec(`
      create table sweep (
        id text primary key,
        name text not null unique,
        kind text not null,
        axes text not null,
        plan text not null,
        created_at integer not null
      ) strict;
      alter table run add column sweep text;
      alter table run add column stopped_early integer not null default 0;
    `)
  },
}
