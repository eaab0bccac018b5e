import type { Migration } from './migration'

/** Runs have tags and a note, words of the vocabulary a key that somebody chose for them. */
export const notesAndHotkeys: Migration = {
  version: 17,
  up(db) {
    db.exec(`
      alter table run add column tags text not null default '[]';
      alter table run add column note text not null default '';
      alter table attribute add column hotkey text not null default '';
    `)
  },
}
