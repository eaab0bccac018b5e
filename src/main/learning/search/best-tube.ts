import { neighbourTube } from './neighbour-tube'
import { cellCount, type CellTube, type ScoreMap } from './score-map'
import { SearchSpace, type TubeEnd } from './search-space'
import { bestEnd, bestPath, keptPath } from './sub-path'

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
  const tubes = byResolution(maps).map((group) =>
    link === 'free' ? freeTube(group, sign, movement, space) : neighbourTube(group, sign, movement),
  )
  return tubes.reduce((best, tube) => (isBetter(sign, endOf(tube), endOf(best)) ? tube : best))
}

function fixedTube(maps: readonly ScoreMap[], sign: 1 | -1, movement: number, space: SearchSpace): CellTube {
  let best: { map: ScoreMap; end: TubeEnd } | null = null
  for (const map of maps) {
    const end = bestEnd(map, sign, movement, space)
    if (best && !isBetter(sign, end, best.end)) continue
    best = { map, end }
    space.keep()
  }
  if (!best) throw new RangeError('a search needs at least one map')
  return keptPath(best.map, best.end, { sign, movement, space })
}

/** Where any cell may be of any map, the best tube is that of the best map of each cell; the first of equals. */
function freeTube(maps: readonly ScoreMap[], sign: 1 | -1, movement: number, space: SearchSpace): CellTube {
  const [first] = maps
  if (!first) throw new RangeError('a search needs at least one map')
  const { rows, cols } = first.grid
  const values = first.values.slice(first.offset, first.offset + cellCount(first.grid))
  const owner = new Uint16Array(values.length)
  for (const [k, map] of maps.entries()) {
    for (let i = 0; i < values.length; i++) {
      const value = map.values[map.offset + i] as number
      if (sign * (value - (values[i] as number)) <= 0) continue
      values[i] = value
      owner[i] = k
    }
  }
  const best = { ...first, values, offset: 0 }
  const { score, cells } = bestPath(best, sign, movement, space)
  const mapAt = ({ frame, row, col }: CellTube['cells'][number]) => maps[owner[(frame * rows + row) * cols + col] ?? 0]
  return {
    score,
    cells: cells.map((cell) => ({ ...cell, tap: mapAt(cell)?.tap ?? 0, shape: mapAt(cell)?.shape ?? 0 })),
  }
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
