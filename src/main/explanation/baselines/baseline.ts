import type { Box } from '@shared/geometry/box'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Random } from '@main/learning/random'
import type { Cell } from '@main/learning/search/score-map'
import type { SearchOptions } from '@main/learning/search/best-tube'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { MaskColours } from '@main/explanation/masking'
import type { AttributeEvidence } from '@main/explanation/rank-attributes'
import type { ClipSize, Region } from '@main/explanation/region'

/** What a baseline may look at to answer "why pos, not neg" for one clip. */
export interface BaselineQuestion {
  target: TargetClassifier
  model: ExplainerModel
  input: Float32Array
  prepared: readonly Float32Array[]
  pos: number
  neg: number
  /** The method's own best answer: baselines match the area of its tube. */
  evidence: AttributeEvidence
  /** Its tube as it lies in the clip. */
  region: Region
  /** Attributes that may be named; all when left out. */
  words?: readonly number[]
  /** Attributes of pos that neg lacks and the clip has; empty where that is not known. */
  right: readonly number[]
  truth: ReadonlyMap<number, readonly (readonly Box[])[]>
  actor: Region | null
  size: ClipSize
  /** What masked parts are to the network; 0 for the mean where left out. */
  colours?: MaskColours
  search: SearchOptions
  stream: Random
  /**
   * The attribute that a method which knows places only names: drawn, the most frequent one of A that B lacks, or what is seen on
   * its tube.
   * @param cells of its tube, where it has cells
   */
  guess(cells?: readonly Cell[]): number
}

export interface BaselineAnswer {
  attribute: number
  region: Region
}

/** @returns null where the baseline has no answer for this clip */
export type Baseline = (question: BaselineQuestion) => BaselineAnswer | null | Promise<BaselineAnswer | null>
