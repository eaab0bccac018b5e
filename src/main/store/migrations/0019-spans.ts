import type { Migration } from './migration'

/** People say from which frame to which an attribute is seen; nobody did before. */
export const spans: Migration = {
  version: 19,
  up(db) {
    db.exec(`
      create table span (
        id text primary key,
        video text not null references video (id) on delete cascade,
        attribute text not null references attribute (id) on delete cascade,
        person text not null,
        first_frame integer not null check (first_frame >= 0),
        last_frame integer not null,
        at integer not null,
        check (first_frame <= last_frame)
      ) strict, without rowid;
      create index span_by_place on span (video, attribute, person);
      create index span_by_attribute on span (attribute);
    `)
  },
}
