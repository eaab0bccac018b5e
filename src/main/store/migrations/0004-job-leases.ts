import type { Migration } from './migration'

/**
 * A job belongs to whoever claimed it until its lease runs out, may be tried again, waits for others, and has a rank. Of
 * the studio that wrote the rows of before nothing is left, so what was open is interrupted, as it was at each start.
 */
export const jobLeases: Migration = {
  version: 4,
  up(db) {
    db.exec(`
      alter table job add column priority integer not null default 0;
      alter table job add column forerunners text not null default '[]';
      alter table job add column attempts integer not null default 0;
      alter table job add column most_attempts integer not null default 1;
      alter table job add column not_before integer not null default 0;
      alter table job add column lease_owner text;
      alter table job add column lease_until integer not null default 0;
      alter table job add column stop_asked integer not null default 0;
      create index job_state on job (state, kind);
      update run set state = 'interrupted' where state in ('queued', 'running');
      update evaluation set state = 'interrupted' where state in ('queued', 'running');
      update job set state = 'interrupted', ended_at = coalesce(started_at, created_at)
        where state in ('queued', 'running');
    `)
  },
}
