import type { Migration } from './migration'

const vocabulary = `
  create table project (
    id integer primary key check (id = 1),
    name text not null,
    created_at integer not null
  ) strict;
  create table class (
    id text primary key,
    name text not null unique
  ) strict;
  create table attribute (
    id text primary key,
    name text not null unique,
    position integer not null,
    slot integer not null,
    "group" text not null,
    side text not null check (side in ('none', 'left', 'right')),
    description text not null
  ) strict;
`

const video = `
  create table video (
    id text primary key,
    name text not null unique,
    sort_key text not null,
    folded text not null,
    class text references class (id),
    split text check (split in ('train', 'test')),
    path text not null,
    moved integer not null,
    imported_at integer not null,
    sha256 text not null,
    status text not null,
    reason text,
    detail text,
    decoder text not null,
    decoder_version text not null,
    codec text,
    frames integer not null,
    width integer not null,
    height integer not null,
    coded_width integer not null,
    coded_height integer not null,
    sar real not null,
    rotate_clockwise integer not null,
    mirrored integer not null,
    fps real not null,
    variable integer not null,
    edit_list integer not null,
    declared_frames integer,
    streams text,
    proxy_file text,
    proxy_width integer,
    proxy_height integer,
    proxy_fps integer,
    proxy_bytes integer
  ) strict;
  create index video_by_name on video (sort_key);
  create index video_by_class on video (class);
  create index video_by_content on video (sha256);
  create table frame_table (
    video text primary key,
    timestamps blob not null,
    bad_frames text not null
  ) strict;
`

const annotation = `
  create table video_attribute (
    video text not null references video (id) on delete cascade,
    attribute text not null references attribute (id) on delete cascade,
    value text not null check (value in ('present', 'absent', 'unsure')),
    source text not null check (source in ('person', 'class', 'consensus')),
    annotator text,
    primary key (video, attribute)
  ) strict, without rowid;
  create index label_by_attribute on video_attribute (attribute, value);
  create table track (
    id text primary key,
    video text not null references video (id) on delete cascade,
    attribute text references attribute (id) on delete cascade,
    kind text not null check (kind in ('attribute', 'actor')),
    source text not null,
    annotator text
  ) strict;
  create index track_by_video on track (video);
  create index track_by_attribute on track (attribute);
  create table keyframe (
    track text not null references track (id) on delete cascade,
    frame integer not null check (frame >= 0),
    x1 real not null,
    y1 real not null,
    x2 real not null,
    y2 real not null,
    outside integer not null,
    occluded integer not null,
    primary key (track, frame)
  ) strict, without rowid;
  create table label_change (
    video text primary key,
    at integer not null
  ) strict, without rowid;
`

const work = `
  create table job (
    id text primary key,
    kind text not null,
    title text not null,
    state text not null,
    input text,
    progress text,
    run text,
    failure text,
    result text,
    created_at integer not null,
    started_at integer,
    ended_at integer
  ) strict;
  create table run (
    id text primary key,
    name text not null,
    kind text not null,
    state text not null,
    job text,
    explains text,
    config text not null,
    preset text not null,
    classes text not null,
    attributes text not null,
    train_videos integer not null,
    test_videos integer not null,
    headline text not null,
    engine text not null,
    failure text,
    started_by text not null,
    created_at integer not null,
    started_at integer,
    ended_at integer
  ) strict;
  create table metric (
    id integer primary key,
    run text not null references run (id) on delete cascade,
    step integer not null,
    epoch real not null,
    at integer not null,
    "values" text not null
  ) strict;
  create index metric_by_run on metric (run, step);
  create table checkpoint (
    run text not null references run (id) on delete cascade,
    file text not null,
    step integer not null,
    epoch real not null,
    best integer not null,
    "values" text not null,
    at integer not null,
    primary key (run, file)
  ) strict;
`

const answers = `
  create table explanation (
    run text not null references run (id) on delete cascade,
    video text not null,
    question text not null,
    answer text not null,
    at integer not null,
    primary key (run, video, question)
  ) strict;
  create table evaluation (
    id text primary key,
    name text not null,
    run text not null references run (id) on delete cascade,
    state text not null,
    job text,
    config text not null,
    columns text not null,
    failure text,
    created_at integer not null,
    seconds real
  ) strict;
  create table outcome (
    id text primary key,
    evaluation text not null references evaluation (id) on delete cascade,
    position integer not null,
    video text not null,
    video_name text not null,
    method text not null,
    pos text not null,
    neg text not null,
    label text,
    attribute text not null,
    rank integer not null,
    score real not null,
    min_score real not null,
    tube text not null,
    iou real not null,
    assigned integer not null,
    has_boxes integer not null,
    hit_rank integer,
    covers text,
    "right" integer,
    neg_rank real,
    pos_before real not null,
    pos_after real,
    neg_before real not null,
    neg_after real
  ) strict;
  create index outcome_by_method on outcome (evaluation, method, position);
  create table mark (
    outcome text primary key references outcome (id) on delete cascade,
    cause text not null,
    note text not null,
    at integer not null
  ) strict;
  create table edit (
    id integer primary key autoincrement,
    scope text not null,
    kind text not null,
    change text not null,
    inverse_kind text not null,
    inverse text not null,
    label text not null,
    frame integer,
    undone integer not null,
    at integer not null
  ) strict;
  create index edit_by_scope on edit (scope, undone, id);
`

const now = `cast(unixepoch('subsec') * 1000 as integer)`

/** Any change of a label, track or key frame dates its video, whoever made it. */
function dated(table: string, event: 'insert' | 'update' | 'delete', video: string): string {
  const row = event === 'delete' ? 'old' : 'new'
  return `create trigger ${table}_${event}_dates_video after ${event} on ${table} begin
    insert into label_change (video, at) select video, ${now} from (select ${video.replaceAll('$', row)} as video)
      where video is not null
      on conflict (video) do update set at = excluded.at;
  end;`
}

const triggers = (['insert', 'update', 'delete'] as const).flatMap((event) => [
  dated('video_attribute', event, '$.video'),
  dated('track', event, '$.video'),
  // A track that is being deleted takes its key frames along, and dates the video itself.
  dated('keyframe', event, '(select track.video from track where track.id = $.track)'),
])

const classTrigger = `create trigger video_class_dates_video after update of class on video
  when old.class is not new.class begin
    insert into label_change (video, at) values (new.id, ${now})
      on conflict (video) do update set at = excluded.at;
  end;`

/** The tables of the first version. */
export const initial: Migration = {
  version: 1,
  up(db) {
    for (const part of [vocabulary, video, annotation, work, answers, ...triggers, classTrigger]) db.exec(part)
  },
}
