import type { ExplainOptions } from '@shared/config/explainer'
import { deltaMaps } from '../learning/explainer/delta-maps'
import type { ExplainerModel } from '../learning/explainer/explainer-model'
import { bestTube, type SearchOptions } from '../learning/search/best-tube'
import type { CellTube, ScoreMap } from '../learning/search/score-map'
import { trimmedTube } from '../learning/search/trim'

/** What the search says of one attribute for "why pos, not neg". */
export interface AttributeEvidence {
  attribute: number
  /** delta_m of the maximal tube: whether there is any evidence at all. */
  score: number
  /** delta_m of the minimal tube, the quantity that training pushes up for attributes of the clip. */
  minScore: number
  /** Mean of delta_m over all cells, taps and shapes. */
  mean: number
  tube: CellTube
  /** Largest delta_m of each frame on the tube's own tap and shape. */
  perFrame: readonly number[]
  map: ScoreMap
}

export interface RankQuestion {
  pos: number
  neg: number
  search: SearchOptions
  trim: boolean
  /** Attributes to search; all when left out. */
  attributes?: readonly number[]
}

/**
 * Searches every attribute once, for the maximal and the minimal tube (Kanehira et al. 2019, eq. 9 and method.md).
 * @param prepared features from `ExplainerModel.prepare`
 * @returns in the order of the attributes; `ranked` orders them
 */
export function searchAttributes(
  model: ExplainerModel,
  prepared: readonly Float32Array[],
  { pos, neg, search, trim, attributes }: RankQuestion,
): AttributeEvidence[] {
  const { space } = model
  const words = attributes ?? Array.from({ length: model.attributes }, (_, s) => s)
  const maps = deltaMaps(
    model,
    prepared,
    words.map((attribute) => ({ pos, neg, attribute })),
  )
  return words.map((attribute, i) => {
    const own = maps[i] ?? []
    const widest = bestTube(own, 1, search, space)
    const lowest = bestTube(own, -1, search, space)
    const [first] = widest.cells
    const map = own.find(({ tap, shape }) => tap === first?.tap && shape === first?.shape) as ScoreMap
    const tube = trim ? trimmedTube(map, search.movement, space) : widest
    return {
      attribute,
      score: widest.score,
      minScore: lowest.score,
      mean: meanOf(own),
      tube,
      perFrame: peaks(map),
      map,
    }
  })
}

/** Best first: by the minimal tube (recommended) or the maximal one (the paper's). Ties: the attribute's own order. */
export function ranked(evidence: readonly AttributeEvidence[], select: ExplainOptions['select']): AttributeEvidence[] {
  const key = (e: AttributeEvidence) => (select === 'min' ? e.minScore : e.score)
  return [...evidence].sort((a, b) => key(b) - key(a) || a.attribute - b.attribute)
}

function meanOf(maps: readonly ScoreMap[]): number {
  let sum = 0
  let count = 0
  for (const { values, offset, grid } of maps) {
    const cells = grid.frames * grid.rows * grid.cols
    for (let i = 0; i < cells; i++) sum += values[offset + i] as number
    count += cells
  }
  return count ? sum / count : 0
}

function peaks({ values, offset, grid }: ScoreMap): number[] {
  const cells = grid.rows * grid.cols
  return Array.from({ length: grid.frames }, (_, t) => {
    let peak = -Infinity
    for (let u = 0; u < cells; u++) peak = Math.max(peak, values[offset + t * cells + u] as number)
    return peak
  })
}
