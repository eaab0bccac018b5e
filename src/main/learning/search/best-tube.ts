import { linkedTube } from './linked'
import type { CellTube, ScoreMap } from './score-map'
import { bestEnd, SearchSpace, traceBack, type TubeEnd } from './sub-path'

/** How scale and shape go along a tube: one for the whole tube, free in each frame, or changing to a neighbour only. */
export type Link = 'fixed' | 'free' | 'neighbour'

export interface SearchOptions {
  /** Cells per frame that a tube may move. */
  movement: number
  link: Link
}

/**
 * The maximal (`sign` 1) or minimal (-1) tube over several maps of one attribute and pair: one per tap and shape, given
 * in rising order of tap and shape, which is also the order of ties after an earlier end.
 */
export function bestTube(
  maps: readonly ScoreMap[],
  sign: 1 | -1,
  { movement, link }: SearchOptions,
  space = new SearchSpace(),
): CellTube {
  if (link === 'fixed') return fixedTube(maps, sign, movement, space)
  // Cells of different size cannot be mixed within a tube: one search per resolution, then the best.
  const tubes = byResolution(maps).map((group) => linkedTube(group, sign, { movement, link }))
  return tubes.reduce((best, tube) => (isBetter(sign, endOf(tube), endOf(best)) ? tube : best))
}

function fixedTube(maps: readonly ScoreMap[], sign: 1 | -1, movement: number, space: SearchSpace): CellTube {
  let best: { map: ScoreMap; end: TubeEnd } | null = null
  for (const map of maps) {
    const end = bestEnd(map, sign, movement, space)
    if (!best || isBetter(sign, end, best.end)) best = { map, end }
  }
  if (!best) throw new RangeError('a search needs at least one map')
  // Searched once more: the sums of the winner were overwritten by the maps after it.
  return traceBack(best.map, bestEnd(best.map, sign, movement, space), movement, space)
}

/** A larger score, or the same with an earlier end. */
function isBetter(sign: 1 | -1, a: Pick<TubeEnd, 'score' | 'frame'>, b: Pick<TubeEnd, 'score' | 'frame'>): boolean {
  const gain = sign * (a.score - b.score)
  return gain > 0 || (gain === 0 && a.frame < b.frame)
}

function endOf({ score, cells }: CellTube): Pick<TubeEnd, 'score' | 'frame'> {
  return { score, frame: cells.at(-1)?.frame ?? 0 }
}

function byResolution(maps: readonly ScoreMap[]): ScoreMap[][] {
  return Object.values(Object.groupBy(maps, ({ grid }) => `${grid.frames}x${grid.rows}x${grid.cols}`)).filter(
    (group) => group !== undefined,
  )
}
