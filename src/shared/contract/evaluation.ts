import { z } from 'zod'
import { EvaluationConfig } from '@shared/config/evaluation'
import { Tube } from '@shared/geometry/tube'
import { AttributeId, ClassId, EvaluationId, JobId, OutcomeId, RunId, VideoId } from '@shared/ids'
import { forOwners, forReviewers } from './base'
import { JobState, StoredFailure } from './jobs'

/** One number of the table: value over `count` rows (its denominator), with a bootstrap interval over videos. */
export const Metric = z.object({
  value: z.number().nullable(),
  count: z.int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Metric = z.infer<typeof Metric>

/** A column of the table: the method, its selection by max, or a baseline. Keys of `metrics`: ncaTop1, ncaTop3, probabilityDecrease, ... */
export const MethodMetrics = z.object({ method: z.string(), metrics: z.record(z.string(), Metric) })
export type MethodMetrics = z.infer<typeof MethodMetrics>

export const Evaluation = z.object({
  id: EvaluationId,
  name: z.string(),
  run: RunId,
  state: JobState,
  job: JobId.nullable(),
  config: EvaluationConfig,
  columns: z.array(MethodMetrics),
  /** What could not be measured on this model, and why, in sentences. */
  notes: z.array(z.string()),
  /** Videos whose labels changed since, and videos of its split that came since. */
  staleVideos: z.int(),
  failure: StoredFailure.nullable(),
  createdAt: z.number(),
  seconds: z.number().nullable(),
})
export type Evaluation = z.infer<typeof Evaluation>

export const Cause = z.enum(['labelMissing', 'boxWrong', 'tubeDrifts', 'synonym', 'classifierWrong', 'unclear'])
export type Cause = z.infer<typeof Cause>

/** One output [attribute, tube] of one method for one (video, pair). */
export const Outcome = z.object({
  id: OutcomeId,
  video: VideoId,
  videoName: z.string(),
  method: z.string(),
  pos: ClassId,
  neg: ClassId,
  label: ClassId.nullable(),
  attribute: AttributeId,
  /** 0 is the best of its (video, pair). */
  rank: z.int(),
  score: z.number(),
  minScore: z.number(),
  tube: Tube,
  /** Pixels covered, as a share of those of the method's own tube; null without a place, or where it was not kept. */
  area: z.number().nullable(),
  /** Above the model's level of evidence; null where there is no level or no score. */
  supported: z.boolean().nullable(),
  /** Probability that this clip shows the attribute, p(s|x,R); null without a presence head, or where it was not kept. */
  presence: z.number().nullable(),
  /** IoU with the tube of the second opinion; null where that was not asked for. */
  agreement: z.number().nullable(),
  /** IoU with the boxes of the attribute said; 0 without boxes. */
  iou: z.number(),
  /** The attribute is annotated in the video. */
  assigned: z.boolean(),
  hasBoxes: z.boolean(),
  /** Rank of this attribute among all by IoU, from 1 (the concept hit@k); null where it is no hit at any k. */
  hitRank: z.int().nullable(),
  /** Attribute whose boxes the tube covers most; null where it covers none. */
  covers: AttributeId.nullable(),
  right: z.boolean().nullable(),
  /** Rank of B among the negatives by p rise under the mask, from 1; ties give halves. */
  negRank: z.number().nullable(),
  /** How many negatives tie with B; null where that is not known. */
  negTies: z.int().nullable(),
  /** The same under the tubes of this and all better ranks together; null where that was not measured. */
  unionNegRank: z.number().nullable(),
  unionNegTies: z.int().nullable(),
  posBefore: z.number(),
  posAfter: z.number().nullable(),
  negBefore: z.number(),
  negAfter: z.number().nullable(),
  mark: z.object({ cause: Cause, note: z.string() }).nullable(),
})
export type Outcome = z.infer<typeof Outcome>

export const OutcomeQuery = z.object({
  evaluation: EvaluationId,
  method: z.string().default('method'),
  /** Only rows that enter this metric's denominator, hits or not. */
  metric: z.string().optional(),
  failures: z.boolean().default(false).describe('Only concept-accuracy failures at iouThreshold'),
  iouThreshold: z.number().min(0).max(1).default(0),
  attribute: AttributeId.optional(),
  covers: AttributeId.nullable().optional(),
  pos: ClassId.optional(),
  neg: ClassId.optional(),
  topRank: z.int().min(0).default(0).describe('Only outputs up to this rank'),
})
export type OutcomeQuery = z.input<typeof OutcomeQuery>

export const evaluation = {
  list: forReviewers
    .route({ method: 'GET', path: '/evaluations', summary: 'Evaluations, newest first' })
    .output(z.array(Evaluation)),
  get: forReviewers
    .route({ method: 'GET', path: '/evaluations/{id}', summary: 'One evaluation' })
    .input(z.object({ id: EvaluationId }))
    .output(Evaluation),
  start: forOwners
    .route({ method: 'POST', path: '/evaluations', summary: 'Measure an explanation run' })
    .input(z.object({ run: RunId.optional(), config: EvaluationConfig.prefault({}) }))
    .output(z.object({ evaluation: EvaluationId, job: JobId })),
  outcomes: forReviewers
    .route({ method: 'POST', path: '/evaluations/outcomes', summary: 'The rows behind a number' })
    .input(OutcomeQuery)
    .output(z.array(Outcome)),
  mark: forReviewers
    .route({ method: 'POST', path: '/outcomes/{id}/mark', summary: 'Say why an output is wrong' })
    .input(z.object({ id: OutcomeId, mark: z.object({ cause: Cause, note: z.string().default('') }).nullable() }))
    .output(Outcome),
  remove: forOwners
    .route({ method: 'DELETE', path: '/evaluations/{id}', summary: 'Delete an evaluation' })
    .input(z.object({ id: EvaluationId }))
    .output(z.null()),
}
