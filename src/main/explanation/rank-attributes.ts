import type { ExplainOptions } from '@shared/config/explainer'
import { copyOf, eachPair, type PairMaps } from '@main/learning/explainer/delta-maps'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { withNearTies } from '@main/learning/explainer/presence/near-tie'
import type { PresenceHead } from '@main/learning/explainer/presence/presence-head'
import { presenceOf, withWords, wordPair } from '@main/learning/explainer/presence/presence-maps'
import { responseOf } from '@main/learning/explainer/presence/tube-reading'
import { type Features, mapsOf, type Pair } from '@main/learning/explainer/products'
import { bestTube, type SearchOptions } from '@main/learning/search/best-tube'
import type { Cell, CellTube, ScoreMap } from '@main/learning/search/score-map'
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
  /** Log odds that the clip shows the attribute, read on its own maximal tube; null without a presence head. */
  presence: number | null
  /** The tube to show, with delta_m on it. */
  tube: CellTube
  /** Largest delta_m of each frame on the tube's own tap and shape. */
  perFrame: readonly number[]
  map: ScoreMap
  /** All maps of the attribute, to place its tube with; none without a presence head. */
  maps: readonly ScoreMap[]
  /** g_s on the same cells, where it was asked for together with them. */
  shown: readonly ScoreMap[] | null
}

export interface RankQuestion {
  pos: number
  neg: number
  search: SearchOptions
  trim: boolean
  /** Attributes to search; all when left out. */
  attributes?: readonly number[]
  /** Also where each attribute is, in one go: for questions most of whose attributes will have their tubes placed. */
  shown?: boolean
}

/**
 * Searches every attribute once, for the maximal and the minimal tube (Kanehira et al. 2019, eq. 9 and method.md).
 * @param features from `ExplainerModel.prepare`, or these on the engine
 * @returns in the order of the attributes; `ranked` orders them
 */
export function searchAttributes(
  model: ExplainerModel,
  features: Features,
  { neg, ...question }: RankQuestion,
): AttributeEvidence[] {
  return searchNegatives(model, features, { ...question, negatives: [neg] })[0] ?? []
}

/** The same against several classes, for which the clip's features go to the engine once. */
export function searchNegatives(
  model: ExplainerModel,
  features: Features,
  { pos, negatives, attributes, shown, ...options }: Omit<RankQuestion, 'neg'> & { negatives: readonly number[] },
): AttributeEvidence[][] {
  const prepared = mapsOf(features)
  const words = attributes ?? Array.from({ length: model.attributes }, (_, s) => s)
  const found: AttributeEvidence[] = []
  const head = shown ? model.presence : null
  const places = new Map<number, ScoreMap[]>()
  const first = head ? words.map((s) => wordPair(model, s)) : []
  const pairs = [...first, ...negatives.flatMap((neg) => words.map((attribute) => ({ pos, neg, attribute })))]
  eachPair(head ? withWords(model, head) : model, features, pairs, (maps, p) => {
    const attribute = words[p % words.length] as number
    if (head && p < first.length) {
      places.set(attribute, presenceOf(model, head, { maps: maps.maps, attribute }))
      return
    }
    const evidence = evidenceOf(model, pairs[p] as Pair, { ...maps, ...options, prepared })
    found.push(Object.assign(evidence, { shown: places.get(attribute) ?? null }))
  })
  return negatives.map((_, n) => found.slice(n * words.length, (n + 1) * words.length))
}

function evidenceOf(
  model: ExplainerModel,
  { pos, attribute }: Pair,
  found: PairMaps & Pick<RankQuestion, 'search' | 'trim'> & { prepared: readonly Float32Array[] },
): AttributeEvidence {
  const { maps, mean, search, trim, prepared } = found
  const { space, presence: head } = model
  const widest = bestTube(maps, 1, search, space)
  const { score: minScore } = bestTube(maps, -1, search, space)
  const map = copyOf(mapOf(maps, widest))
  let z: number | null = null
  return {
    ...{ attribute, score: widest.score, minScore, mean, map },
    // Asked of near ties and of what is shown, not of every attribute.
    get presence() {
      z ??= head && presenceOn(model, head, { prepared, pos, attribute, cells: widest.cells })
      return z
    },
    tube: trim ? trimmedTube(map, search.movement, space) : widest,
    perFrame: peaks(map),
    maps: head ? maps.map(copyOf) : [],
    shown: null,
  }
}

/** The map of a tube's first cell. */
export function mapOf(maps: readonly ScoreMap[], { cells: [first] }: CellTube): ScoreMap {
  return maps.find(({ tap, shape }) => tap === first?.tap && shape === first?.shape) as ScoreMap
}

/** z_s = pi_As + b_s + <v_s, f(R)> */
function presenceOn(
  model: ExplainerModel,
  { words, bias, prior }: PresenceHead,
  {
    prepared,
    pos,
    ...read
  }: { prepared: readonly Float32Array[]; pos: number; attribute: number; cells: readonly Cell[] },
): number {
  const { attribute } = read
  const odds = (prior[pos * model.attributes + attribute] as number) + (bias[attribute] as number)
  return odds + responseOf(model, prepared, { words, ...read })
}

/**
 * Best first: by the minimal tube (recommended), near ties by presence where there is a head, or by the maximal tube,
 * the paper's rule, which presence leaves alone. Ties: the attribute's own order.
 */
export function ranked<T extends Pick<AttributeEvidence, 'attribute' | 'score' | 'minScore' | 'presence'>>(
  evidence: readonly T[],
  select: ExplainOptions['select'],
  head: Pick<PresenceHead, 'nearTie'> | null,
): T[] {
  const key = (e: T) => (select === 'min' ? e.minScore : e.score)
  const ordered = [...evidence].sort((a, b) => key(b) - key(a) || a.attribute - b.attribute)
  return select === 'min' && head ? withNearTies(ordered, head.nearTie) : ordered
}

/** Largest score of each frame. */
export function peaks({ values, offset, grid }: ScoreMap): number[] {
  const cells = grid.rows * grid.cols
  return Array.from({ length: grid.frames }, (_, t) => {
    let peak = -Infinity
    for (let u = 0; u < cells; u++) peak = Math.max(peak, values[offset + t * cells + u] as number)
    return peak
  })
}
