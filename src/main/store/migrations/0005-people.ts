import type { Migration } from './migration'

/**
 * A project knows the people who worked in it, so that their answers keep their names wherever the folder goes, and has
 * an id of its own, so that who was let into it stays let in when it is moved. Until now there was one person.
 */
export const people: Migration = {
  version: 5,
  up(db) {
    db.exec(`
      create table person (
        id text primary key,
        name text not null,
        role text not null check (role in ('owner', 'reviewer', 'annotator'))
      ) strict;
      insert into person (id, name, role) values ('owner', 'Owner', 'owner');
      alter table project add column uid text not null default '';
      update project set uid = lower(hex(randomblob(12)));
    `)
  },
}
