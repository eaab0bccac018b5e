import type { Migration } from './migration'

const now = "cast(unixepoch('subsec') * 1000 as integer)"

/** A layer that is gone says nothing of any video that it said something of. */
const gone = `create trigger campaign_delete_changes_layer before delete on campaign begin
  insert into layer_change (campaign, video, at, sure_at)
    select old.id, video, ${now}, ${now} from (
      select video from layer_label where campaign = old.id union select video from layer_track where campaign = old.id
    ) where true
    on conflict (campaign, video) do update set at = excluded.at, sure_at = excluded.sure_at;
end;`

/**
 * When what layers say changed, video by video, and which layer a measurement took: those of before named it in their
 * settings.
 */
export const layerChanges: Migration = {
  version: 14,
  up(db) {
    db.exec(`
      create table layer_change (
        campaign text not null,
        video text not null,
        at integer not null,
        sure_at integer not null,
        primary key (campaign, video)
      ) strict, without rowid;
      alter table evaluation add column campaign text;
      update evaluation set campaign = (
        select id from campaign
          where json_extract(evaluation.config, '$.layer') in (id, name) order by id = json_extract(evaluation.config, '$.layer') desc, created_at desc limit 1
      );
      ${gone}
    `)
  },
}
