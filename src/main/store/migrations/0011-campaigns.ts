import type { Migration } from './migration'

const values = `check (value in ('present', 'absent', 'unsure'))`
const ofCampaign = `campaign text not null references campaign (id) on delete cascade`
const ofItem = `item text not null references campaign_item (id) on delete cascade`

const asked = `
  create table campaign (
    id text primary key,
    name text not null,
    kind text not null check (kind in ('attributes', 'boxes', 'both')),
    state text not null check (state in ('draft', 'open', 'paused', 'closed')),
    videos text not null check (videos in ('frozen', 'growing')),
    filter text not null,
    attributes text not null,
    settings text not null,
    guidelines text not null,
    rule text,
    computed_at integer,
    created_at integer not null,
    opened_at integer
  ) strict;
  create table campaign_picture (
    id text primary key,
    ${ofCampaign},
    type text not null,
    bytes blob not null
  ) strict;
  create table campaign_item (
    id text primary key,
    ${ofCampaign},
    video text not null,
    position integer not null,
    extra integer not null default 0,
    answers integer not null default 0,
    gold text
  ) strict;
  create unique index campaign_item_by_video on campaign_item (campaign, video);
  create index campaign_item_by_answers on campaign_item (campaign, answers, position);
  create index campaign_item_of_video on campaign_item (video);
`

const answered = `
  create table campaign_assignment (
    ${ofItem},
    person text not null,
    state text not null check (state in ('held', 'answered', 'skipped')),
    given_at integer not null,
    lease_until integer not null,
    ended_at integer,
    seconds real,
    reason text,
    note text not null default '',
    draft text not null,
    outside text,
    left_out integer not null default 0,
    primary key (item, person)
  ) strict, without rowid;
  create index campaign_assignment_by_person on campaign_assignment (person, state);
  create index campaign_assignment_held on campaign_assignment (item, state, lease_until);
  create table campaign_answer (
    ${ofItem},
    person text not null,
    attribute text not null,
    value text not null ${values},
    primary key (item, person, attribute)
  ) strict, without rowid;
  create table campaign_track (
    ${ofItem},
    person text not null,
    track text not null,
    attribute text not null,
    keyframes text not null,
    primary key (item, person, track)
  ) strict, without rowid;
  create table campaign_left_out (
    ${ofCampaign},
    person text not null,
    primary key (campaign, person)
  ) strict, without rowid;
`

const decided = `
  create table campaign_decision (
    ${ofItem},
    attribute text not null,
    about text not null check (about in ('label', 'boxes')),
    value text check (value is null or value in ('present', 'absent', 'unsure')),
    tracks text not null,
    person text not null,
    at integer not null,
    primary key (item, attribute, about)
  ) strict, without rowid;
  create table layer_label (
    ${ofCampaign},
    video text not null,
    attribute text not null,
    value text not null ${values},
    sure real not null,
    decided integer not null,
    shares text not null,
    primary key (campaign, video, attribute)
  ) strict, without rowid;
  create table layer_track (
    id text primary key,
    ${ofCampaign},
    video text not null,
    attribute text not null,
    keyframes text not null,
    sure real not null,
    decided integer not null,
    members text not null
  ) strict;
  create index layer_track_by_video on layer_track (campaign, video);
`

/** How many answers of an item count, wherever they came from; and a layer that they have overtaken is no longer of today. */
const counting = (['insert', 'update', 'delete'] as const).map((event) => {
  const row = event === 'delete' ? 'old' : 'new'
  const what = event === 'update' ? 'update of state, ended_at, left_out' : event
  return `create trigger campaign_assignment_${event}_counts after ${what} on campaign_assignment begin
    update campaign_item set answers = (select count(*) from campaign_assignment
        where item = ${row}.item and state = 'answered' and left_out = 0)
      where id = ${row}.item;
    update campaign set computed_at = null
      where computed_at is not null and id = (select campaign from campaign_item where id = ${row}.item)
        and 'answered' in (${event === 'update' ? 'old.state, new.state' : `${row}.state`});
  end;`
})

/** Campaigns: what is asked of whom, what they said, what a reviewer decided, and the layer it all comes to. */
export const campaigns: Migration = {
  version: 11,
  up(db) {
    for (const part of [asked, answered, decided, ...counting]) db.exec(part)
  },
}
