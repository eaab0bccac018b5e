import type { Migration } from './migration'

/** A project says for itself how to answer, beside its campaigns; those of before say nothing. */
export const guidelinesOfProjects: Migration = {
  version: 20,
  up(db) {
    db.exec("alter table project add column guidelines text not null default ''")
  },
}
