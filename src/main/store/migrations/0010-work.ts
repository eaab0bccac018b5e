import type { Migration } from './migration'

/** How far each person is with each video, and the queue they go through, frozen when they entered it. */
export const work: Migration = {
  version: 10,
  up(db) {
    db.exec(`
      create table work (
        video text not null,
        person text not null,
        state text not null check (state in ('submitted', 'skipped', 'returned', 'reviewed')),
        note text,
        at integer not null,
        primary key (video, person)
      ) strict, without rowid;
      create index work_by_person on work (person, state);
      create index work_by_state on work (state);
      create table work_queue (
        person text primary key not null,
        name text not null,
        kind text not null check (kind in ('label', 'review')),
        at text
      ) strict, without rowid;
      create table work_queue_video (
        person text not null,
        place integer not null,
        video text not null,
        primary key (person, place)
      ) strict, without rowid;
      create index work_queue_video_by_video on work_queue_video (person, video);
    `)
  },
}
