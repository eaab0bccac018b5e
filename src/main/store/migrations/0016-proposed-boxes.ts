import type { Migration } from './migration'

/** A box may be a tracker's proposal; every box of before is somebody's own. */
export const proposedBoxes: Migration = {
  version: 16,
  up(db) {
    db.exec('alter table keyframe add column proposed integer not null default 0')
  },
}
