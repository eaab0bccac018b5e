import type { CampaignSettings, ConsensusRule } from '@shared/config/campaign'
import type { Answers, CampaignKind, CampaignState, DrawnTrack, SkipReason } from '@shared/contract/campaign-words'
import type { LabelValue, VideoFilter } from '@shared/contract/library'
import type { Keyframe } from '@shared/geometry/track'
import type { AttributeId, CampaignId, ItemId, PersonId, TrackId, VideoId } from '@shared/ids'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Somebody whose answers went into a consensus, and how much they weighed. */
export interface Share {
  person: PersonId
  value: LabelValue | null
  weight: number
}

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull()

export const campaigns = sqliteTable('campaign', {
  id: text('id').$type<CampaignId>().primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<CampaignKind>().notNull(),
  state: text('state').$type<CampaignState>().notNull(),
  videos: text('videos').$type<'frozen' | 'growing'>().notNull(),
  filter: text('filter', { mode: 'json' }).$type<VideoFilter>().notNull(),
  /** In the order in which they are asked. */
  attributes: text('attributes', { mode: 'json' }).$type<AttributeId[]>().notNull(),
  settings: text('settings', { mode: 'json' }).$type<CampaignSettings>().notNull(),
  guidelines: text('guidelines').notNull(),
  /** How answers are made one; null while they are not. */
  rule: text('rule', { mode: 'json' }).$type<ConsensusRule>(),
  /** When the layer was last computed; null where answers or decisions changed since. */
  computedAt: integer('computed_at'),
  createdAt: integer('created_at').notNull(),
  openedAt: integer('opened_at'),
})

const ofCampaign = () =>
  text('campaign')
    .$type<CampaignId>()
    .notNull()
    .references(() => campaigns.id, { onDelete: 'cascade' })

export const campaignPictures = sqliteTable('campaign_picture', {
  id: text('id').primaryKey(),
  campaign: ofCampaign(),
  type: text('type').notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
})

/** Videos are only named: what was answered outlives what it was asked of. */
export const campaignItems = sqliteTable(
  'campaign_item',
  {
    id: text('id').$type<ItemId>().primaryKey(),
    campaign: ofCampaign(),
    video: text('video').$type<VideoId>().notNull(),
    position: integer('position').notNull(),
    /** Answers wanted beyond those of the campaign. */
    extra: integer('extra').notNull().default(0),
    /** How many count: kept by triggers. */
    answers: integer('answers').notNull().default(0),
    /** What is right, where that is known. */
    gold: text('gold', { mode: 'json' }).$type<{ answers: Answers; tracks: DrawnTrack[] }>(),
  },
  (table) => [
    uniqueIndex('campaign_item_by_video').on(table.campaign, table.video),
    index('campaign_item_by_answers').on(table.campaign, table.answers, table.position),
    index('campaign_item_of_video').on(table.video),
  ],
)

const ofItem = () =>
  text('item')
    .$type<ItemId>()
    .notNull()
    .references(() => campaignItems.id, { onDelete: 'cascade' })

/** One person's part in an item. */
export const campaignAssignments = sqliteTable(
  'campaign_assignment',
  {
    item: ofItem(),
    person: text('person').$type<PersonId>().notNull(),
    state: text('state').$type<'held' | 'answered' | 'skipped'>().notNull(),
    givenAt: integer('given_at').notNull(),
    /** While it is held, nobody else is given it before then. */
    leaseUntil: integer('lease_until').notNull(),
    endedAt: integer('ended_at'),
    seconds: real('seconds'),
    reason: text('reason').$type<SkipReason>(),
    note: text('note').notNull().default(''),
    /** What was answered before it was submitted. */
    draft: text('draft', { mode: 'json' }).$type<Answers>().notNull(),
    /** Its key where it was given elsewhere, such as Mechanical Turk's AssignmentId. */
    outside: text('outside'),
    /** The requester rejected it, or the person was left out. */
    leftOut: flag('left_out').default(false),
  },
  (table) => [
    primaryKey({ columns: [table.item, table.person] }),
    index('campaign_assignment_by_person').on(table.person, table.state),
    index('campaign_assignment_held').on(table.item, table.state, table.leaseUntil),
  ],
)

/** What was said in the campaign, as it was said; the person's answer in the project may change later. */
export const campaignAnswers = sqliteTable(
  'campaign_answer',
  {
    item: ofItem(),
    person: text('person').$type<PersonId>().notNull(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    value: text('value').$type<LabelValue>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.item, table.person, table.attribute] })],
)

/** What was drawn in the campaign, as it was submitted. */
export const campaignTracks = sqliteTable(
  'campaign_track',
  {
    item: ofItem(),
    person: text('person').$type<PersonId>().notNull(),
    track: text('track').$type<TrackId>().notNull(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    keyframes: text('keyframes', { mode: 'json' }).$type<Keyframe[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.item, table.person, table.track] })],
)

/** People whose answers do not count. */
export const campaignLeftOut = sqliteTable(
  'campaign_left_out',
  { campaign: ofCampaign(), person: text('person').$type<PersonId>().notNull() },
  (table) => [primaryKey({ columns: [table.campaign, table.person] })],
)

/** What a reviewer decided of an attribute of an item: its answer (null for none), or its boxes. */
export const campaignDecisions = sqliteTable(
  'campaign_decision',
  {
    item: ofItem(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    about: text('about').$type<'label' | 'boxes'>().notNull(),
    value: text('value').$type<LabelValue>(),
    tracks: text('tracks', { mode: 'json' }).$type<DrawnTrack[]>().notNull(),
    person: text('person').$type<PersonId>().notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.item, table.attribute, table.about] })],
)

/** The answers made one. */
export const layerLabels = sqliteTable(
  'layer_label',
  {
    campaign: ofCampaign(),
    video: text('video').$type<VideoId>().notNull(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    value: text('value').$type<LabelValue>().notNull(),
    /** How probable it is, 0 to 1. */
    sure: real('sure').notNull(),
    decided: flag('decided'),
    /** The answers it was made of. */
    shares: text('shares', { mode: 'json' }).$type<Share[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaign, table.video, table.attribute] })],
)

/** The boxes made one. */
export const layerTracks = sqliteTable(
  'layer_track',
  {
    id: text('id').$type<TrackId>().primaryKey(),
    campaign: ofCampaign(),
    video: text('video').$type<VideoId>().notNull(),
    attribute: text('attribute').$type<AttributeId>().notNull(),
    keyframes: text('keyframes', { mode: 'json' }).$type<Keyframe[]>().notNull(),
    /** Share of the people asked who drew it, 0 to 1. */
    sure: real('sure').notNull(),
    decided: flag('decided'),
    /** The tracks it was made of. */
    members: text('members', { mode: 'json' }).$type<{ person: PersonId; track: TrackId }[]>().notNull(),
  },
  (table) => [index('layer_track_by_video').on(table.campaign, table.video)],
)

/** When what a layer says of a video last changed. Campaigns are only named: a measurement outlives the layer it took. */
export const layerChanges = sqliteTable(
  'layer_change',
  {
    campaign: text('campaign').$type<CampaignId>().notNull(),
    video: text('video').$type<VideoId>().notNull(),
    /** An answer or a box. */
    at: integer('at').notNull(),
    /** The same, or how sure it is of an answer. */
    sureAt: integer('sure_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaign, table.video] })],
)
