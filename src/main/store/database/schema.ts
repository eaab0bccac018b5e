import type { Role } from '@shared/actor'
import type { Cause, MethodMetrics } from '@shared/contract/evaluation'
import type { JobKind, JobState, StoredFailure as StoredFailureSchema } from '@shared/contract/jobs'
import type { RunKind } from '@shared/contract/learning'
import type { LabelSource, LabelValue, Split } from '@shared/contract/library'
import type { WorkQueue } from '@shared/contract/work'
import type { WorkState } from '@shared/contract/work-state'
import type { EvaluationConfig } from '@shared/config/evaluation'
import type { SweepAxis, SweepPlan } from '@shared/config/sweep'
import type { Tube } from '@shared/geometry/tube'
import type {
  AttributeId,
  CampaignId,
  ClassId,
  EvaluationId,
  JobId,
  OutcomeId,
  PersonId,
  PictureId,
  RunId,
  SpanId,
  SweepId,
  TrackId,
  VideoId,
} from '@shared/ids'
import type { DecoderName, MediaStatus } from '@shared/media'
import type { Progress } from '@shared/progress'
import { blob, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { z } from 'zod'

type StoredFailure = z.infer<typeof StoredFailureSchema>

/** A class or attribute as a run knew it: the id it had, and its name then. */
export interface Named<Id> {
  id: Id
  name: string
}

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull()

/** One row: what the project says of itself. Times are ms since 1970, as in every table. */
export const project = sqliteTable('project', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  /** Stays the same wherever the folder goes. */
  uid: text('uid').notNull(),
  /** How to answer, in Markdown, for all videos. */
  guidelines: text('guidelines').notNull().default(''),
})

/** Everybody who worked in the project, under the name and role they had last. */
export const people = sqliteTable('person', {
  id: text('id').$type<PersonId>().primaryKey(),
  name: text('name').notNull(),
  role: text('role').$type<Role>().notNull(),
})

export const classes = sqliteTable('class', {
  id: text('id').$type<ClassId>().primaryKey(),
  name: text('name').notNull().unique(),
})

export const attributes = sqliteTable('attribute', {
  id: text('id').$type<AttributeId>().primaryKey(),
  name: text('name').notNull().unique(),
  /** Order of making; the order of lists and of a model's outputs. */
  position: integer('position').notNull(),
  /** Colour of the palette, kept for life. */
  slot: integer('slot').notNull(),
  group: text('group').notNull(),
  side: text('side').$type<'none' | 'left' | 'right'>().notNull(),
  description: text('description').notNull(),
  /** One of `hotkeys` that somebody chose; empty for the first that is free. */
  hotkey: text('hotkey').notNull(),
  picture: text('picture').$type<PictureId>(),
})

/**
 * Pictures of words and of the project's guidelines, named after their content. They outlive what shows them, so that undo
 * can give it back.
 */
export const pictures = sqliteTable('picture', {
  id: text('id').$type<PictureId>().primaryKey(),
  /** WebP. */
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
})

export const videos = sqliteTable(
  'video',
  {
    id: text('id').$type<VideoId>().primaryKey(),
    name: text('name').notNull().unique(),
    /** Sorts as people count: clip 2 before clip 10. */
    sortKey: text('sort_key').notNull(),
    /** What a search looks into: lower case, one form of each character. */
    folded: text('folded').notNull(),
    class: text('class')
      .$type<ClassId>()
      .references(() => classes.id),
    split: text('split').$type<Split>(),
    /** Film, person or place that other videos may be of too: they stay on one side of a split. */
    group: text('group_name'),
    /** Absolute, or relative to the project folder with forward slashes for what lies inside it. */
    path: text('path').notNull(),
    moved: flag('moved'),
    importedAt: integer('imported_at').notNull(),
    sha256: text('sha256').notNull(),
    status: text('status').$type<MediaStatus>().notNull(),
    reason: text('reason'),
    detail: text('detail'),
    decoder: text('decoder').$type<DecoderName>().notNull(),
    decoderVersion: text('decoder_version').notNull(),
    codec: text('codec'),
    frames: integer('frames').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    codedWidth: integer('coded_width').notNull(),
    codedHeight: integer('coded_height').notNull(),
    sar: real('sar').notNull(),
    rotateClockwise: integer('rotate_clockwise').$type<0 | 90 | 180 | 270>().notNull(),
    mirrored: flag('mirrored'),
    fps: real('fps').notNull(),
    variable: flag('variable'),
    editList: flag('edit_list'),
    declaredFrames: integer('declared_frames'),
    streams: text('streams'),
    proxyFile: text('proxy_file'),
    proxyWidth: integer('proxy_width'),
    proxyHeight: integer('proxy_height'),
    proxyFps: integer('proxy_fps'),
    proxyBytes: integer('proxy_bytes'),
  },
  (table) => [
    index('video_by_name').on(table.sortKey),
    index('video_by_class').on(table.class),
    index('video_by_content').on(table.sha256),
  ],
)

/** Outlives its video, so that a removed video can come back without a second decode. */
export const frameTables = sqliteTable('frame_table', {
  video: text('video').$type<VideoId>().primaryKey(),
  /** Float64 little-endian, ms per ordinal, NaN where the container says nothing. */
  timestamps: blob('timestamps', { mode: 'buffer' }).notNull(),
  badFrames: text('bad_frames', { mode: 'json' }).$type<number[]>().notNull(),
})

const ofVideo = () =>
  text('video')
    .$type<VideoId>()
    .notNull()
    .references(() => videos.id, { onDelete: 'cascade' })

const ofAttribute = () =>
  text('attribute')
    .$type<AttributeId>()
    .notNull()
    .references(() => attributes.id, { onDelete: 'cascade' })

/**
 * How far a person is with a video, where they did more than say something of it. Outlives its video, so that a removed
 * one comes back as it was.
 */
export const works = sqliteTable(
  'work',
  {
    video: text('video').$type<VideoId>().notNull(),
    person: text('person').$type<PersonId>().notNull(),
    state: text('state').$type<Exclude<WorkState, 'new' | 'started'>>().notNull(),
    note: text('note'),
    at: integer('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.video, table.person] }),
    index('work_by_person').on(table.person, table.state),
    index('work_by_state').on(table.state),
  ],
)

/** The queue each person is in, and the video they looked at last. */
export const workQueues = sqliteTable('work_queue', {
  person: text('person').$type<PersonId>().primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<WorkQueue['kind']>().notNull(),
  at: text('at').$type<VideoId>(),
})

/** The videos of a queue as they stood when it was entered. */
export const workQueueVideos = sqliteTable(
  'work_queue_video',
  {
    person: text('person').$type<PersonId>().notNull(),
    place: integer('place').notNull(),
    video: text('video').$type<VideoId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.place] }),
    index('work_queue_video_by_video').on(table.person, table.video),
  ],
)

/** What each person said. */
export const answers = sqliteTable(
  'answer',
  {
    video: ofVideo(),
    attribute: ofAttribute(),
    person: text('person').$type<PersonId>().notNull(),
    value: text('value').$type<LabelValue>().notNull(),
    /** Null where it was not kept. */
    at: integer('at'),
  },
  (table) => [
    primaryKey({ columns: [table.video, table.attribute, table.person] }),
    index('answer_by_attribute').on(table.attribute),
  ],
)

/** What was said of a whole class, for each of its videos then; counts where nobody answered. */
export const priors = sqliteTable(
  'prior',
  {
    video: ofVideo(),
    attribute: ofAttribute(),
    value: text('value').$type<LabelValue>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.video, table.attribute] }), index('prior_by_attribute').on(table.attribute)],
)

/**
 * The consensus of answers and priors, kept by triggers and never written otherwise: what is trained and measured with.
 * `source` says how it came about; `annotator` is the person where one alone answered.
 */
export const labels = sqliteTable(
  'video_attribute',
  {
    video: ofVideo(),
    attribute: ofAttribute(),
    value: text('value').$type<LabelValue>().notNull(),
    source: text('source').$type<LabelSource>().notNull(),
    annotator: text('annotator').$type<PersonId>(),
  },
  (table) => [
    primaryKey({ columns: [table.video, table.attribute] }),
    index('label_by_attribute').on(table.attribute, table.value),
  ],
)

export const tracks = sqliteTable(
  'track',
  {
    id: text('id').$type<TrackId>().primaryKey(),
    video: text('video')
      .$type<VideoId>()
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** Null for an actor. */
    attribute: text('attribute')
      .$type<AttributeId>()
      .references(() => attributes.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'attribute' | 'actor'>().notNull(),
    source: text('source').$type<LabelSource>().notNull(),
    /** Whose it is. */
    person: text('person').$type<PersonId>().notNull(),
    /** Where several people boxed the same thing, one person's tracks are what is trained and measured with. */
    counts: flag('counts'),
  },
  (table) => [index('track_by_video').on(table.video), index('track_by_attribute').on(table.attribute)],
)

export const keyframes = sqliteTable(
  'keyframe',
  {
    track: text('track')
      .$type<TrackId>()
      .notNull()
      .references(() => tracks.id, { onDelete: 'cascade' }),
    frame: integer('frame').notNull(),
    /** Source pixels of the displayed picture; (x2, y2) is the corner outside. */
    x1: real('x1').notNull(),
    y1: real('y1').notNull(),
    x2: real('x2').notNull(),
    y2: real('y2').notNull(),
    outside: flag('outside'),
    occluded: flag('occluded'),
    /** Found by a tracker, confirmed by nobody yet. */
    proposed: flag('proposed'),
  },
  (table) => [primaryKey({ columns: [table.track, table.frame] })],
)

/** From which frame to which somebody sees an attribute. Those of one person never touch; see `SpanRepository`. */
export const spans = sqliteTable(
  'span',
  {
    id: text('id').$type<SpanId>().primaryKey(),
    video: ofVideo(),
    attribute: ofAttribute(),
    person: text('person').$type<PersonId>().notNull(),
    /** Both inclusive. */
    from: integer('first_frame').notNull(),
    to: integer('last_frame').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    index('span_by_place').on(table.video, table.attribute, table.person),
    index('span_by_attribute').on(table.attribute),
  ],
)

/** When the class, labels or boxes of a video last changed, whoever changed them. Kept by triggers. */
export const labelChanges = sqliteTable('label_change', {
  video: text('video').$type<VideoId>().primaryKey(),
  at: integer('at').notNull(),
})

export const jobs = sqliteTable('job', {
  id: text('id').$type<JobId>().primaryKey(),
  kind: text('kind').$type<JobKind>().notNull(),
  title: text('title').notNull(),
  state: text('state').$type<JobState>().notNull(),
  /** What was asked for, so that the job can be started again. */
  input: text('input', { mode: 'json' }).$type<unknown>(),
  progress: text('progress', { mode: 'json' }).$type<Progress>(),
  run: text('run').$type<RunId>(),
  failure: text('failure', { mode: 'json' }).$type<StoredFailure>(),
  result: text('result', { mode: 'json' }).$type<unknown>(),
  createdAt: integer('created_at').notNull(),
  startedAt: integer('started_at'),
  endedAt: integer('ended_at'),
  priority: integer('priority').notNull().default(0),
  /** Jobs that must be done first. */
  after: text('forerunners', { mode: 'json' }).$type<JobId[]>().notNull().default([]),
  attempts: integer('attempts').notNull().default(0),
  mostAttempts: integer('most_attempts').notNull().default(1),
  notBefore: integer('not_before').notNull().default(0),
  /** Who does it, and until when it is theirs. */
  leaseOwner: text('lease_owner'),
  leaseUntil: integer('lease_until').notNull().default(0),
  /** What somebody asks of the holder: 0 nothing, 1 to stop, 2 to pause. */
  stopAsked: integer('stop_asked').$type<0 | 1 | 2>().notNull().default(0),
})

/** Runs that were started together: what differs between them, and how it was gone through. */
export const sweeps = sqliteTable('sweep', {
  id: text('id').$type<SweepId>().primaryKey(),
  name: text('name').notNull().unique(),
  kind: text('kind').$type<RunKind>().notNull(),
  axes: text('axes', { mode: 'json' }).$type<SweepAxis[]>().notNull(),
  plan: text('plan', { mode: 'json' }).$type<SweepPlan>().notNull(),
  createdAt: integer('created_at').notNull(),
})

export const runs = sqliteTable('run', {
  id: text('id').$type<RunId>().primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<RunKind>().notNull(),
  state: text('state').$type<JobState>().notNull(),
  job: text('job').$type<JobId>(),
  explains: text('explains').$type<RunId>(),
  /** The classifier whose weights this one began with; only named, it may be gone. */
  startFrom: text('start_from').$type<RunId>(),
  sweep: text('sweep').$type<SweepId>(),
  stoppedEarly: flag('stopped_early'),
  archived: flag('archived'),
  tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
  note: text('note').notNull(),
  config: text('config', { mode: 'json' }).$type<unknown>().notNull(),
  preset: text('preset').notNull(),
  /** In the model's order of outputs. */
  classes: text('classes', { mode: 'json' }).$type<Named<ClassId>[]>().notNull(),
  attributes: text('attributes', { mode: 'json' }).$type<Named<AttributeId>[]>().notNull(),
  trainVideos: integer('train_videos').notNull(),
  testVideos: integer('test_videos').notNull(),
  headline: text('headline', { mode: 'json' }).$type<Record<string, number>>().notNull(),
  engine: text('engine').notNull(),
  failure: text('failure', { mode: 'json' }).$type<StoredFailure>(),
  startedBy: text('started_by').$type<'studio' | 'terminal'>().notNull(),
  createdAt: integer('created_at').notNull(),
  startedAt: integer('started_at'),
  endedAt: integer('ended_at'),
})

const ofRun = () =>
  text('run')
    .$type<RunId>()
    .notNull()
    .references(() => runs.id, { onDelete: 'cascade' })

export const metrics = sqliteTable(
  'metric',
  {
    id: integer('id').primaryKey(),
    run: ofRun(),
    step: integer('step').notNull(),
    epoch: real('epoch').notNull(),
    at: integer('at').notNull(),
    values: text('values', { mode: 'json' }).$type<Record<string, number>>().notNull(),
  },
  (table) => [index('metric_by_run').on(table.run, table.step)],
)

export const checkpoints = sqliteTable(
  'checkpoint',
  {
    run: ofRun(),
    /** Name inside the run's folder. */
    file: text('file').notNull(),
    step: integer('step').notNull(),
    epoch: real('epoch').notNull(),
    best: flag('best'),
    values: text('values', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.file] })],
)

export const evaluations = sqliteTable('evaluation', {
  id: text('id').$type<EvaluationId>().primaryKey(),
  name: text('name').notNull(),
  run: ofRun(),
  state: text('state').$type<JobState>().notNull(),
  job: text('job').$type<JobId>(),
  config: text('config', { mode: 'json' }).$type<EvaluationConfig>().notNull(),
  columns: text('columns', { mode: 'json' }).$type<MethodMetrics[]>().notNull(),
  failure: text('failure', { mode: 'json' }).$type<StoredFailure>(),
  createdAt: integer('created_at').notNull(),
  seconds: real('seconds'),
  /** The layer it took; null for what people say today. */
  campaign: text('campaign').$type<CampaignId>(),
})

/** One row per output. Videos, classes and attributes are only named: a measurement outlives what it measured. */
export const outcomes = sqliteTable(
  'outcome',
  {
    id: text('id').$type<OutcomeId>().primaryKey(),
    evaluation: text('evaluation')
      .$type<EvaluationId>()
      .notNull()
      .references(() => evaluations.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    video: text('video').$type<VideoId>().notNull(),
    videoName: text('video_name').notNull(),
    method: text('method').notNull(),
    pos: text('pos').$type<ClassId>().notNull(),
    neg: text('neg').$type<ClassId>().notNull(),
    label: text('label').$type<ClassId>(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    rank: integer('rank').notNull(),
    score: real('score').notNull(),
    minScore: real('min_score').notNull(),
    tube: text('tube', { mode: 'json' }).$type<Tube>().notNull(),
    area: real('area'),
    supported: integer('supported', { mode: 'boolean' }),
    presence: real('presence'),
    agreement: real('agreement'),
    iou: real('iou').notNull(),
    assigned: flag('assigned'),
    hasBoxes: flag('has_boxes'),
    hitRank: integer('hit_rank'),
    covers: text('covers').$type<AttributeId>(),
    right: integer('right', { mode: 'boolean' }),
    negRank: real('neg_rank'),
    negTies: integer('neg_ties'),
    unionNegRank: real('union_neg_rank'),
    unionNegTies: integer('union_neg_ties'),
    posBefore: real('pos_before').notNull(),
    posAfter: real('pos_after'),
    negBefore: real('neg_before').notNull(),
    negAfter: real('neg_after'),
  },
  (table) => [index('outcome_by_method').on(table.evaluation, table.method, table.position)],
)

export const marks = sqliteTable('mark', {
  outcome: text('outcome')
    .$type<OutcomeId>()
    .primaryKey()
    .references(() => outcomes.id, { onDelete: 'cascade' }),
  cause: text('cause').$type<Cause>().notNull(),
  note: text('note').notNull(),
  at: integer('at').notNull(),
})

/** What people did, with what takes it back. */
export const edits = sqliteTable(
  'edit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** A video's id, or 'library'. */
    scope: text('scope').notNull(),
    /** Who did it, and whose it is to take back. */
    person: text('person').$type<PersonId>().notNull(),
    kind: text('kind').notNull(),
    /** Of the kind, as `change` was written. */
    version: integer('version').notNull(),
    change: text('change', { mode: 'json' }).$type<unknown>().notNull(),
    inverseKind: text('inverse_kind').notNull(),
    inverseVersion: integer('inverse_version').notNull(),
    inverse: text('inverse', { mode: 'json' }).$type<unknown>().notNull(),
    /** Menu text. */
    label: text('label').notNull(),
    /** Frame at which it shows. */
    frame: integer('frame'),
    undone: flag('undone'),
    /** Steps of one movement of the hand share it. */
    gesture: text('gesture'),
    /** Why it can no longer be taken back or done again; null where it can. */
    aside: text('aside'),
    at: integer('at').notNull(),
  },
  (table) => [index('edit_by_scope').on(table.scope, table.person, table.undone, table.id)],
)

export * from './campaign-schema'
