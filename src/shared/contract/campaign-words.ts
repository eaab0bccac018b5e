import { z } from 'zod'
import { CampaignSettings, ConsensusRule } from '@shared/config/campaign'
import { Keyframe } from '@shared/geometry/track'
import { AttributeId, CampaignId, ItemId, PersonId, PictureId, TrackId, VideoId } from '@shared/ids'
import { LabelValue, VideoFilter } from './library'

/** attributes: is each present; boxes: draw those that are; both: one after the other on the same page. */
export const CampaignKind = z.enum(['attributes', 'boxes', 'both'])
export type CampaignKind = z.infer<typeof CampaignKind>

/**
 * draft: nobody is asked; open: items are given; paused: nobody is given a new one; closed: it is over. What somebody
 * was given already is taken in every state.
 */
export const CampaignState = z.enum(['draft', 'open', 'paused', 'closed'])
export type CampaignState = z.infer<typeof CampaignState>

/** frozen: the videos that matched when it was opened; growing: also those that match later. */
export const CampaignVideos = z.enum(['frozen', 'growing'])

export const Progress = z.object({
  /** Videos asked about, gold ones left out. */
  items: z.int(),
  /** Answers wanted of all of them, with those that were asked again. */
  wanted: z.int(),
  /** Answers there are that count towards them. */
  answers: z.int(),
  /** How many items have 0, 1, 2 ... answers; the last entry holds those with all that are wanted. */
  byAnswers: z.array(z.object({ answers: z.int(), items: z.int() })),
  gold: z.int(),
  /** Items that lie with somebody now. */
  inHand: z.int(),
  /** Median seconds of an answer; null while there is none. */
  medianSeconds: z.number().nullable(),
})
export type CampaignProgress = z.infer<typeof Progress>

/** What a consolidation came to. */
export const LayerInfo = z.object({
  rule: ConsensusRule,
  /** ms since 1970; when it was last computed. */
  at: z.number(),
  labels: z.int(),
  tracks: z.int(),
  /** Answers and objects that wait for a reviewer. */
  open: z.int(),
  /** Those a reviewer decided. */
  decided: z.int(),
})
export type LayerInfo = z.infer<typeof LayerInfo>

export const Campaign = z.object({
  id: CampaignId,
  name: z.string(),
  kind: CampaignKind,
  state: CampaignState,
  videos: CampaignVideos,
  filter: VideoFilter,
  /** The words asked about, in their order. */
  attributes: z.array(AttributeId),
  settings: CampaignSettings,
  /** Markdown as it was written. */
  guidelines: z.string(),
  createdAt: z.number(),
  openedAt: z.number().nullable(),
  progress: Progress,
  /** Null while answers are not consolidated. */
  layer: LayerInfo.nullable(),
})
export type Campaign = z.infer<typeof Campaign>

/** Answers of one person to one item. What is left out was not answered. */
export const Answers = z.record(AttributeId, LabelValue)
export type Answers = z.infer<typeof Answers>

/** A drawn object as it was submitted. */
export const DrawnTrack = z.object({
  track: TrackId,
  attribute: AttributeId,
  keyframes: z.array(Keyframe),
})
export type DrawnTrack = z.infer<typeof DrawnTrack>

/** One word of a task. */
export const AskedAttribute = z.object({
  id: AttributeId,
  name: z.string(),
  group: z.string(),
  description: z.string(),
  /** Lies under `/media/pictures/{picture}.webp`. */
  picture: PictureId.nullable(),
  slot: z.int(),
})

/** What an annotator is given: one video, what is asked of it, and what they have said of it so far. */
export const Task = z.object({
  item: ItemId,
  campaign: CampaignId,
  campaignName: z.string(),
  kind: CampaignKind,
  video: z.object({
    id: VideoId,
    name: z.string(),
    frames: z.int(),
    fps: z.number(),
    width: z.int(),
    height: z.int(),
    seconds: z.number(),
    badFrames: z.array(z.int()),
    timestampsMs: z.array(z.number().nullable()),
    proxy: z.object({ width: z.int(), height: z.int(), fps: z.int() }).nullable(),
  }),
  /** Words to answer; empty in a campaign of boxes. */
  answer: z.array(AskedAttribute),
  /** Words to box; in a campaign of both, those of them that are said to be present. */
  box: z.array(AskedAttribute),
  /** What was kept of their answers. */
  draft: Answers,
  /** Theirs until then, ms since 1970; every `hold` begins it anew. */
  leaseUntil: z.number(),
  /** Of this campaign: what they answered, and all they can answer. */
  done: z.int(),
  all: z.int(),
})
export type Task = z.infer<typeof Task>

/** The next item of somebody, or why there is none. `waiting`: others hold what is left, so ask again later. */
export const NextTask = z.discriminatedUnion('is', [
  z.object({ is: z.literal('task'), task: Task }),
  z.object({
    is: z.enum(['done', 'waiting', 'paused', 'closed', 'leftOut']),
    done: z.int(),
    all: z.int(),
  }),
])
export type NextTask = z.infer<typeof NextTask>

export const SkipReason = z.enum(['doesNotPlay', 'nobodyInIt', 'tooDark', 'other'])
export type SkipReason = z.infer<typeof SkipReason>

/** One person's part in an item, whole. */
export const Given = z.object({
  person: PersonId,
  name: z.string(),
  state: z.enum(['inHand', 'answered', 'skipped', 'expired']),
  givenAt: z.number(),
  endedAt: z.number().nullable(),
  seconds: z.number().nullable(),
  skip: z.object({ reason: SkipReason, note: z.string() }).nullable(),
  /** Not counted: the person was left out, or the requester rejected the answer. */
  leftOut: z.boolean(),
  answers: Answers,
  tracks: z.array(DrawnTrack),
})
export type Given = z.infer<typeof Given>

export const CampaignItem = z.object({
  id: ItemId,
  video: VideoId,
  videoName: z.string(),
  isGold: z.boolean(),
  /** Answers that count, wanted, in hand, skipped. */
  answers: z.int(),
  wanted: z.int(),
  inHand: z.int(),
  skipped: z.int(),
  /** Skips with their reasons, latest first. */
  skips: z.array(z.object({ name: z.string(), reason: SkipReason, note: z.string() })),
})
export type CampaignItem = z.infer<typeof CampaignItem>
