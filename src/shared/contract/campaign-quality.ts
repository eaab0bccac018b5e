import { z } from 'zod'
import { AttributeId, ItemId, PersonId, VideoId } from '@shared/ids'
import { Answers, DrawnTrack } from './campaign-words'
import { LabelValue } from './library'

/** Krippendorff's alpha. Null where nothing varies or nobody answered twice, so that no agreement can be told. */
export const Alpha = z.object({
  alpha: z.number().nullable(),
  /** Half of the 95 % interval, by drawing items again. */
  plusMinus: z.number().nullable(),
  /** Items with two answers or more, and those answers. */
  items: z.int(),
  answers: z.int(),
})
export type Alpha = z.infer<typeof Alpha>

export const AttributeQuality = Alpha.extend({
  attribute: AttributeId,
  name: z.string(),
  /** Share of the answers that are `unsure`. */
  unsure: z.number(),
  /** Items on which two people differ. */
  differing: z.int(),
  /** Mean tube IoU of pairs of people, matched best; null without boxes of two people. */
  iou: z.number().nullable(),
  pairs: z.int(),
})
export type AttributeQuality = z.infer<typeof AttributeQuality>

/** Seconds per item: the middle, and the middle half. */
export const Seconds = z.object({ low: z.number(), median: z.number(), high: z.number() })

/** What stands out about how somebody answers. */
export const AnnotatorFlag = z.object({
  kind: z.enum(['tooQuick', 'tooUniform', 'swapped', 'wrongOnGold', 'guesses']),
  /** The facts, in a sentence. */
  why: z.string(),
})
export type AnnotatorFlag = z.infer<typeof AnnotatorFlag>

export const AnnotatorQuality = z.object({
  person: PersonId,
  name: z.string(),
  answered: z.int(),
  skipped: z.int(),
  /** Holds an item now. */
  isWorking: z.boolean(),
  leftOut: z.boolean(),
  /** Share of answers on gold that are right, over every word asked; null before any. Boxes: mean tube IoU. */
  gold: z.number().nullable(),
  goldSeen: z.int(),
  goldItems: z.int(),
  /** Share of pairs of answers in which others say the same; boxes: mean tube IoU with others. */
  withOthers: z.number().nullable(),
  /** How often they are right, as Dawid-Skene estimates it; null with too few answers. */
  reliability: z.number().nullable(),
  seconds: Seconds.nullable(),
  /** Answers in order of time, in ten parts at most: how each part did. */
  overTime: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      answers: z.int(),
      withOthers: z.number().nullable(),
      seconds: z.number().nullable(),
    }),
  ),
  byAttribute: z.array(z.object({ attribute: AttributeId, withOthers: z.number().nullable(), answers: z.int() })),
  flags: z.array(AnnotatorFlag),
})
export type AnnotatorQuality = z.infer<typeof AnnotatorQuality>

export const Quality = z.object({
  /** Over every word together. */
  overall: Alpha,
  /** The same without one person, for those without whom it would be higher. */
  without: z.array(z.object({ person: PersonId, name: z.string(), alpha: z.number() })),
  attributes: z.array(AttributeQuality),
  /** Mean tube IoU of pairs of people; null without boxes. */
  iou: z.number().nullable(),
  pairs: z.int(),
  annotators: z.array(AnnotatorQuality),
  /** In order of time, in ten parts at most. */
  overTime: z.array(z.object({ from: z.number(), to: z.number(), answers: z.int(), alpha: z.number().nullable() })),
  /** Median length of the videos asked about. */
  clipSeconds: z.number().nullable(),
})
export type Quality = z.infer<typeof Quality>

export const Shares = z.object({ present: z.number(), absent: z.number(), unsure: z.number() })
export type Shares = z.infer<typeof Shares>

/** How an answer came about: whose answers, and how much each weighed. */
export const Source = z.object({
  person: PersonId,
  name: z.string(),
  value: LabelValue.nullable(),
  /** How often this person is right, as the consensus has it; 1 where answers are counted. */
  weight: z.number(),
})

/** Something a reviewer should look at. Least sure first. */
export const Disagreement = z.object({
  item: ItemId,
  video: VideoId,
  videoName: z.string(),
  attribute: AttributeId,
  attributeName: z.string(),
  about: z.enum(['label', 'boxes']),
  /**
   * tie: two answers are as probable; unsure: less sure than the rule asks, or `unsure` has most; few: fewer answers
   * than the rule asks; unmatched: an object that too few people boxed; class: one that others call another word.
   */
  why: z.enum(['tie', 'unsure', 'few', 'unmatched', 'class']),
  answers: z.array(Source),
  shares: Shares,
  /** What the consensus would say, and how sure it is, 0 to 1. For boxes: the share of people who drew it. */
  value: LabelValue.nullable(),
  sure: z.number(),
  /** What a reviewer said; null while nobody did. */
  decision: z.object({ value: LabelValue.nullable(), by: z.string(), at: z.number() }).nullable(),
})
export type Disagreement = z.infer<typeof Disagreement>

/** A person's answers and boxes of an item, beside those of others. */
export const SideBySide = z.object({
  item: ItemId,
  video: VideoId,
  videoName: z.string(),
  people: z.array(
    z.object({
      person: PersonId,
      name: z.string(),
      answers: Answers,
      tracks: z.array(DrawnTrack),
      seconds: z.number().nullable(),
      gold: z.number().nullable(),
      leftOut: z.boolean(),
    }),
  ),
  labels: z.array(
    z.object({
      attribute: AttributeId,
      name: z.string(),
      shares: Shares,
      value: LabelValue.nullable(),
      sure: z.number(),
      decided: z.boolean(),
      isOpen: z.boolean(),
    }),
  ),
  /** Objects of each word: whose tracks are of it, the median tube, and the tube IoU of each pair. */
  objects: z.array(
    z.object({
      attribute: AttributeId,
      name: z.string(),
      members: z.array(z.object({ person: PersonId, track: z.string(), iou: z.number() })),
      median: DrawnTrack.shape.keyframes,
      pairs: z.array(z.object({ a: PersonId, b: PersonId, iou: z.number() })),
      isOpen: z.boolean(),
      decided: z.boolean(),
    }),
  ),
})
export type SideBySide = z.infer<typeof SideBySide>

/** What a consolidation came to for one video: each answer with those it was made of. */
export const LayerOfVideo = z.object({
  labels: z.array(
    z.object({
      attribute: AttributeId,
      value: LabelValue,
      sure: z.number(),
      decided: z.boolean(),
      answers: z.array(Source),
    }),
  ),
  tracks: z.array(
    DrawnTrack.extend({
      sure: z.number(),
      decided: z.boolean(),
      members: z.array(z.object({ person: PersonId, name: z.string(), track: z.string() })),
    }),
  ),
})
export type LayerOfVideo = z.infer<typeof LayerOfVideo>

/** The paper's Table 1 for one campaign, with the agreement that the paper does not give. */
export const CampaignStatistics = z.object({
  videos: z.object({ train: z.int(), test: z.int(), none: z.int() }),
  classes: z.int(),
  attributes: z.int(),
  attributesPerVideo: z.number().nullable(),
  boxes: z.object({ train: z.int(), test: z.int() }),
  annotators: z.int(),
  answers: z.int(),
  answersPerItem: z.number(),
  hours: z.number(),
  alpha: z.number().nullable(),
  iou: z.number().nullable(),
  /** Of the layer: how many labels a reviewer decided, and how sure the others are, mean. */
  decided: z.int(),
  sure: z.number().nullable(),
})
export type CampaignStatistics = z.infer<typeof CampaignStatistics>
