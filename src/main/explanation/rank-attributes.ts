import type { ExplainOptions } from '@shared/config/explainer'
import { copyOf, eachPair, type PairMaps } from '@main/learning/explainer/delta-maps'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Pair } from '@main/learning/explainer/products'
import { bestTube, type SearchOptions } from '@main/learning/search/best-tube'
import type { CellTube, ScoreMap } from '@main/learning/search/score-map'
import { trimmedTube } from '@main/learning/search/trim'

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
  { neg, ...question }: RankQuestion,
): AttributeEvidence[] {
  return searchNegatives(model, prepared, { ...question, negatives: [neg] })[0] ?? []
}

/** The same against several classes, for which the clip's features go to the engine once. */
export function searchNegatives(
  model: ExplainerModel,
  prepared: readonly Float32Array[],
  { pos, negatives, attributes, ...options }: Omit<RankQuestion, 'neg'> & { negatives: readonly number[] },
): AttributeEvidence[][] {
  const words = attributes ?? Array.from({ length: model.attributes }, (_, s) => s)
  const found: AttributeEvidence[] = []
  const pairs = negatives.flatMap((neg) => words.map((attribute) => ({ pos, neg, attribute })))
  eachPair(model, prepared, pairs, (maps, p) =>
    found.push(evidenceOf(model, (pairs[p] as Pair).attribute, { ...maps, ...options })),
  )
  return negatives.map((_, n) => found.slice(n * words.length, (n + 1) * words.length))
}

function evidenceOf(
  { space }: ExplainerModel,
  attribute: number,
  { maps, mean, search, trim }: PairMaps & Pick<RankQuestion, 'search' | 'trim'>,
): AttributeEvidence {
  const widest = bestTube(maps, 1, search, space)
  const { score: minScore } = bestTube(maps, -1, search, space)
  const [first] = widest.cells
  const map = copyOf(maps.find(({ tap, shape }) => tap === first?.tap && shape === first?.shape) as ScoreMap)
  const tube = trim ? trimmedTube(map, search.movement, space) : widest
  return { attribute, score: widest.score, minScore, mean, tube, perFrame: peaks(map), map }
}

/** Best first: by the minimal tube (recommended) or the maximal one (the paper's). Ties: the attribute's own order. */
export function ranked(evidence: readonly AttributeEvidence[], select: ExplainOptions['select']): AttributeEvidence[] {
  const key = (e: AttributeEvidence) => (select === 'min' ? e.minScore : e.score)
  return [...evidence].sort((a, b) => key(b) - key(a) || a.attribute - b.attribute)
}

function peaks({ values, offset, grid }: ScoreMap): number[] {
  const cells = grid.rows * grid.cols
  return Array.from({ length: grid.frames }, (_, t) => {
    let peak = -Infinity
    for (let u = 0; u < cells; u++) peak = Math.max(peak, values[offset + t * cells + u] as number)
    return peak
  })
}
