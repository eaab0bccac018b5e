import type { BaselineName } from '@shared/config/evaluation'
import type { Region } from '@main/explanation/region'

/** The last three are the method where it must fail (`sanity.ts`). */
export type MethodName =
  ('method' | 'selectByMax' | 'classPrior' | BaselineName) | ('explainerRandomised' | 'networkRandomised' | 'otherClip')

/** One output [attribute, tube] for one (video, A, B): a row behind the numbers. */
export interface OutcomeRow {
  video: string
  method: MethodName
  label: number
  pos: number
  neg: number
  attribute: number
  /** 0 is the best of its (video, pair); only that one is masked, unless `config.eachOutput`. */
  rank: number
  score: number
  minScore: number
  region: Region
  /** Pixels covered, as a share of those of the method's own tube; null for an answer without a place. */
  area: number | null
  /** The score is above the model's level of evidence; null where there is no level, or no score. */
  supported: boolean | null
  /** Probability that the clip shows the attribute, p(s|x,R), read on its own maximal tube; null where no head says it. */
  presence: number | null
  /** IoU with the tube of the second opinion, Grad-CAM of A's logit minus B's; null unless that was asked for. */
  agreement: number | null
  iou: number
  assigned: boolean
  hasBoxes: boolean
  hitRank: number | null
  covers: number | null
  /** The attribute is one of A's and none of B's; null where that is not known. */
  right: boolean | null
  posBefore: number
  negBefore: number
  posAfter: number | null
  negAfter: number | null
  /** Rank of B among the negatives, and how many tie with it; null where the row was not masked. */
  negRank: number | null
  negTies: number | null
  /** The same when the tubes of this and all better ranks are masked together; null unless that was done. */
  unionNegRank: number | null
  unionNegTies: number | null
  /** Areas under the curves over the ranked tubes, and NCA of their union; null unless `config.curves`. */
  curves: { deletion: number; insertion: number; unionHits: readonly number[] } | null
}
