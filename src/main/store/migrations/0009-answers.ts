import type { Database } from 'better-sqlite3'
import type { Migration } from './migration'

const values = `check (value in ('present', 'absent', 'unsure'))`
const place = `
  video text not null references video (id) on delete cascade,
  attribute text not null references attribute (id) on delete cascade,`

/** What each person said, and what a class says where nobody did. Until now one row stood for both, and one person for all. */
const tables = `
  create table answer (${place}
    person text not null,
    value text not null ${values},
    at integer,
    primary key (video, attribute, person)
  ) strict, without rowid;
  create index answer_by_attribute on answer (attribute);
  create table prior (${place}
    value text not null ${values},
    primary key (video, attribute)
  ) strict, without rowid;
  create index prior_by_attribute on prior (attribute);
  insert into answer select video, attribute, 'owner', value, null from video_attribute where source <> 'class';
  insert into prior select video, attribute, value from video_attribute where source = 'class';
  update video_attribute set source = 'person', annotator = 'owner' where source <> 'class';
  alter table track add column person text not null default 'owner';
  alter table track drop column annotator;
  alter table track add column counts integer not null default 1;
`

const edits = `
  alter table edit add column person text not null default 'owner';
  alter table edit add column version integer not null default 1;
  alter table edit add column inverse_version integer not null default 1;
  alter table edit add column gesture text;
  alter table edit add column aside text;
  drop index edit_by_scope;
  create index edit_by_scope on edit (scope, person, undone, id);
`

/** Writes the consensus of one attribute of one video: the most frequent answer, unsure where two are equally frequent. */
function settled(row: 'old' | 'new'): string {
  const here = `video = ${row}.video and attribute = ${row}.attribute`
  const times = (value: string) => `coalesce(sum(value = '${value}'), 0) as ${value}`
  return `
    delete from video_attribute where ${here}
      and not exists (select 1 from answer where ${here}) and not exists (select 1 from prior where ${here});
    insert into video_attribute (video, attribute, value, source, annotator)
      select ${row}.video, ${row}.attribute,
        case when people = 0 then class
          when present > absent and present > unsure then 'present'
          when absent > present and absent > unsure then 'absent'
          else 'unsure' end,
        case people when 0 then 'class' when 1 then 'person' else 'consensus' end,
        case people when 1 then person end
      from (select count(*) as people, max(person) as person, ${['present', 'absent', 'unsure'].map(times).join(', ')},
          (select value from prior where ${here}) as class
        from answer where ${here})
      where (people > 0 or class is not null)
        and exists (select 1 from video where id = ${row}.video)
        and exists (select 1 from attribute where id = ${row}.attribute)
      on conflict (video, attribute) do update
        set value = excluded.value, source = excluded.source, annotator = excluded.annotator
        where value is not excluded.value or source is not excluded.source or annotator is not excluded.annotator;`
}

const consensus = ['answer', 'prior'].flatMap((table) =>
  (['insert', 'update', 'delete'] as const).map(
    (event) => `create trigger ${table}_${event}_settles after ${event} on ${table} begin
      ${settled(event === 'delete' ? 'old' : 'new')}
    end;`,
  ),
)

/** Where several people boxed the same thing, one person's tracks count: the owner's, else whose first one is oldest. */
function counted(row: 'old' | 'new'): string {
  const same = (t: string) =>
    `${t}.video = ${row}.video and ${t}.kind = ${row}.kind and ${t}.attribute is ${row}.attribute`
  const isChosen = `(track.person = (select t.person from track t where ${same('t')}
    order by t.person <> 'owner', t.id limit 1))`
  return `update track set counts = ${isChosen} where ${same('track')} and counts <> ${isChosen};`
}

const choosing = [
  `create trigger track_insert_settles after insert on track begin ${counted('new')} end;`,
  `create trigger track_delete_settles after delete on track begin ${counted('old')} end;`,
  `create trigger track_update_settles after update of video, attribute, kind, person on track begin
    ${counted('old')} ${counted('new')} end;`,
]

/** A second person who says the same changes nothing that was measured. */
const dating = `
  drop trigger video_attribute_update_dates_video;
  create trigger video_attribute_update_dates_video after update on video_attribute when old.value is not new.value begin
    insert into label_change (video, at) values (new.video, cast(unixepoch('subsec') * 1000 as integer))
      on conflict (video) do update set at = excluded.at;
  end;
`

/**
 * Answers and tracks belong to a person, what they agree on is derived from them, and undo is each one's own. Whatever
 * stood there is the owner's: nobody else could answer.
 */
export const answers: Migration = {
  version: 9,
  up(db) {
    withoutTriggers(db, () => db.exec(tables + edits))
    for (const part of [...consensus, ...choosing, dating]) db.exec(part)
  },
}

/** Moves rows without telling anybody that what they say has changed. */
function withoutTriggers(db: Database, action: () => void): void {
  const triggers = db.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) db.exec(`drop trigger "${name}"`)
  action()
  for (const { sql } of triggers) db.exec(sql)
}
