import { cellCount, type CellTube, type ScoreMap } from './score-map'
import { SearchSpace } from './search-space'
import { bestPath } from './sub-path'

/**
 * The maximal tube of M - lambda with lambda = (max + median) / 2 of the map: training pushes delta_m above 0 nearly
 * everywhere, so that tubes tend to span the clip; this keeps the part that stands out.
 * @returns the shorter tube, its score summed over the map itself
 */
export function trimmedTube(map: ScoreMap, movement: number, space = new SearchSpace()): CellTube {
  const count = cellCount(map.grid)
  const own = map.values.subarray(map.offset, map.offset + count)
  const sorted = own.slice().sort()
  const lambda = ((sorted[count - 1] ?? 0) + (sorted[count >> 1] ?? 0)) / 2
  const lowered: ScoreMap = { ...map, values: own.map((value) => value - lambda), offset: 0 }
  const { cells } = bestPath(lowered, 1, movement, space)
  const { rows, cols } = map.grid
  const score = cells.reduce((sum, { frame, row, col }) => sum + (own[(frame * rows + row) * cols + col] ?? 0), 0)
  return { score, cells }
}
