import { z } from 'zod'
import { ExplainOptions } from '@shared/config/explainer'
import { Tube } from '@shared/geometry/tube'
import { AttributeId, ClassId, Frame, RunId, VideoId } from '@shared/ids'
import { forReviewers } from './base'
import { LabelSource } from './library'

export const ClassProbability = z.object({
  class: ClassId,
  name: z.string(),
  probability: z.number(),
  /** Before the softmax; null of a model that puts out probabilities, which tell it up to a constant only. */
  logit: z.number().nullable(),
})
export type ClassProbability = z.infer<typeof ClassProbability>

export const Prediction = z.object({
  video: VideoId,
  run: RunId,
  label: ClassId.nullable(),
  /** Largest first. */
  classes: z.array(ClassProbability),
  /** Source frames of the clip the model saw. */
  frames: z.array(Frame),
  /** Classes that nothing in the explanation model's vocabulary tells apart, group by group. */
  alike: z.array(z.array(ClassId)).default([]),
})
export type Prediction = z.infer<typeof Prediction>

/** What a card is ranked by: its weakest tube, its strongest, or, among near ties, whether the clip shows the attribute. */
export const RankedBy = z.enum(['min', 'max', 'presence'])
export type RankedBy = z.infer<typeof RankedBy>

export const Card = z.object({
  attribute: AttributeId,
  name: z.string(),
  /** delta_m of the maximal tube, signed, before any ReLU: whether there is evidence at all. */
  score: z.number(),
  /** delta_m of the minimal tube: what "min" ranks by. */
  minScore: z.number(),
  mean: z.number(),
  /** Probability that this clip shows the attribute, p(s|x,R); null where the model has no presence head. */
  presence: z.number().nullable(),
  tube: Tube,
  /** delta_m on the tube that is shown: less than `score` where the tube was placed or trimmed. */
  tubeScore: z.number(),
  tap: z.string(),
  shape: z.object({ rows: z.int(), cols: z.int() }),
  /** Largest delta_m at each sampled frame, and whether the tube covers it. */
  perFrame: z.array(z.object({ frame: Frame, delta: z.number(), covered: z.boolean() })),
  rankedBy: RankedBy,
  /** The number it is ranked by: cards are in falling order of it. */
  rank: z.number(),
  /** The video is said to have this attribute. */
  assigned: z.boolean(),
  /** Who said so: a person, or its class; null where nobody did. */
  source: LabelSource.nullable(),
  /** Training clips that have the attribute; null where that is not known. */
  trainedOn: z.int().nullable(),
  /** IoU with the people's boxes of this attribute; null where there are none. */
  iou: z.number().nullable(),
  /** The score is evidence: above the model's level, and the vocabulary tells A and B apart. The card says where it is not. */
  supported: z.boolean(),
  /** What the score must exceed, found on training pairs; null where the model has no such level and zero stands for it. */
  evidenceThreshold: z.number().nullable(),
})
export type Card = z.infer<typeof Card>

/** Something about the model that every card must be read with. */
export const Caution = z.object({ title: z.string(), text: z.string() })
export type Caution = z.infer<typeof Caution>

/** What Grad-CAM of A's logit minus B's says, named by what the clip shows where it points. */
export const SecondOpinion = z.object({
  method: z.literal('gradCamDifference'),
  /** Null where the model has no presence head: it then knows a place and no name. */
  attribute: AttributeId.nullable(),
  name: z.string().nullable(),
  /** Probability that this clip shows it, read on this tube. */
  presence: z.number().nullable(),
  assigned: z.boolean(),
  tube: Tube,
  /** IoU of this tube with that of the first card. */
  agreement: z.number(),
  /** They overlap by a quarter or more. */
  agrees: z.boolean(),
})
export type SecondOpinion = z.infer<typeof SecondOpinion>

/** Another way to ask the same question, or why there is none of this model. */
export const SecondAnswer = z.object({ opinion: SecondOpinion.nullable(), reason: z.string().nullable() })
export type SecondAnswer = z.infer<typeof SecondAnswer>

export const Explanation = z.object({
  video: VideoId,
  run: RunId,
  pos: ClassId,
  neg: ClassId,
  prediction: Prediction,
  options: ExplainOptions,
  cards: z.array(Card),
  /** Nothing in the vocabulary tells A and B apart, so that no card can be evidence. */
  sameSet: z.boolean().default(false),
  cautions: z.array(Caution).default([]),
  /** Another way to ask; null where that was not asked for. */
  second: SecondAnswer.nullable().default(null),
  /** For `iterate`: the prediction after each masked tube. */
  steps: z.array(z.object({ attribute: AttributeId, probabilities: z.array(ClassProbability) })).default([]),
})
export type Explanation = z.infer<typeof Explanation>

export const Question = z.object({
  video: VideoId,
  run: RunId.optional().describe('Explanation run; the newest finished one when left out'),
  pos: ClassId.optional().describe('A, the class to explain; the prediction when left out'),
  neg: ClassId.optional().describe('B, the class it is told apart from; the runner-up when left out'),
  count: z.int().min(1).max(50).default(5).describe('Cards wanted, best first'),
  options: ExplainOptions.prefault({}),
  second: z.boolean().default(false).describe('Also ask another way: Grad-CAM of A minus B, and how far the two agree'),
})
export type Question = z.input<typeof Question>

export const MaskFill = z.enum(['mean', 'black', 'clip', 'blur'])

export const MaskCheck = z.object({
  before: z.array(ClassProbability),
  after: z.array(ClassProbability),
  /** The same with a random tube of equal shape and length. */
  random: z.array(ClassProbability),
  randomTube: Tube,
  fill: MaskFill,
  /** Colour the masked part has, 0-255 RGB. */
  fillColor: z.tuple([z.number(), z.number(), z.number()]),
})
export type MaskCheck = z.infer<typeof MaskCheck>

export const HeatMap = z.object({
  frames: z.array(Frame),
  rows: z.int(),
  cols: z.int(),
  /** delta_m [T, rows, cols], row-major; the tap and shape of the card. */
  values: z.array(z.number()),
  /** Source rectangle of cell (0, 0), and of the whole map. */
  area: z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() }),
})
export type HeatMap = z.infer<typeof HeatMap>

export const explanation = {
  predict: forReviewers
    .route({ method: 'POST', path: '/predictions', summary: 'What the model says' })
    .input(z.object({ video: VideoId, run: RunId.optional() }))
    .output(Prediction),
  explain: forReviewers
    .route({ method: 'POST', path: '/explanations', summary: 'Why A, not B?' })
    .input(Question)
    .output(Explanation),
  second: forReviewers
    .route({ method: 'POST', path: '/explanations/second', summary: 'Another way to ask: Grad-CAM of A minus B' })
    .input(Question)
    .output(SecondAnswer),
  check: forReviewers
    .route({ method: 'POST', path: '/explanations/check', summary: 'Mask tubes and classify again' })
    .input(
      z.object({
        video: VideoId,
        run: RunId.optional(),
        tubes: z.array(Tube).min(1),
        fill: MaskFill.default('mean'),
        seed: z.int().min(0).default(0),
      }),
    )
    .output(MaskCheck),
  heat: forReviewers
    .route({ method: 'POST', path: '/explanations/heat', summary: 'delta_m of one attribute as a map per frame' })
    .input(
      z.object({
        video: VideoId,
        run: RunId.optional(),
        pos: ClassId,
        neg: ClassId,
        attribute: AttributeId,
        tubes: ExplainOptions.shape.tubes.describe('How the tube was found whose tap and shape the map has'),
      }),
    )
    .output(HeatMap),
  /** A self-contained page with the answer. */
  html: forReviewers
    .route({ method: 'POST', path: '/explanations/html', summary: 'The answer as one HTML page' })
    .input(Question)
    .output(z.object({ html: z.string() })),
}
