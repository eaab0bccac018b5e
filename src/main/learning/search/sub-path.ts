import type { CellTube, Grid, ScoreMap } from './score-map'
import type { SearchSpace, TubeEnd } from './search-space'

/**
 * The maximum sub-path of one map (Kanehira et al. 2019, 3.5): S[u,0] = M[u,0]; S[u,t] = M[u,t] + max(0, max over
 * neighbours v of S[v,t-1]); the best end is the largest S anywhere, before any ReLU, so that a tube is never empty.
 * Ties: earlier end, then row-major. Sums are of single precision.
 * @param sign 1 for the maximal tube, -1 for the minimal one: min = -max(-M). The score returned is the map's own.
 */
export function bestEnd(map: ScoreMap, sign: 1 | -1, movement: number, space: SearchSpace): TubeEnd {
  return movement === 1 ? space.search(map, sign) : anyMovement(map, sign, movement, space)
}

/** The same for any movement, one cell after the other. */
function anyMovement({ values, offset, grid }: ScoreMap, sign: 1 | -1, movement: number, space: SearchSpace): TubeEnd {
  space.turnTo(grid)
  const around = { sums: space.spare, grid, sign, movement }
  const best: TubeEnd = { score: -Infinity, frame: 0, cell: 0 }
  let at = offset
  for (let t = 0; t < grid.frames; t++) {
    for (let i = 0; i < grid.rows; i++) {
      for (let j = 0; j < grid.cols; j++, at++) {
        const before = t > 0 ? bestNeighbour(t - 1, { row: i, col: j }, around).sum : 0
        const sum = sign * (values[at] as number) + (before > 0 ? before : 0)
        const place = placeOf(around, { frame: t, row: i, col: j })
        around.sums.values[place] = sign * sum
        const rounded = sign * (around.sums.values[place] as number)
        if (rounded > best.score) Object.assign(best, { score: rounded, frame: t, cell: i * grid.cols + j })
      }
    }
  }
  return { ...best, score: sign * best.score }
}

/**
 * The tube that ends at `end`, found by following the best partial sum backwards; staying in place wins a tie, then
 * row-major order.
 */
function traceBack(
  { grid, tap, shape }: ScoreMap,
  end: TubeEnd,
  { sums, sign, movement }: Pick<Around, 'sums' | 'sign' | 'movement'>,
): CellTube {
  const around = { sums, grid, sign, movement }
  const path = [{ row: Math.floor(end.cell / grid.cols), col: end.cell % grid.cols }]
  for (let t = end.frame; t > 0; t--) {
    const before = bestNeighbour(t - 1, path.at(-1) as (typeof path)[number], around)
    if (before.sum <= 0) break
    path.push({ row: before.row, col: before.col })
  }
  const first = end.frame - path.length + 1
  return { score: end.score, cells: path.reverse().map((place, i) => ({ frame: first + i, ...place, tap, shape })) }
}

/** The best tube of one map. */
export function bestPath(map: ScoreMap, sign: 1 | -1, movement: number, space: SearchSpace): CellTube {
  const end = bestEnd(map, sign, movement, space)
  return traceBack(map, end, { sums: space.spare, sign, movement })
}

/** The best tube of a map whose sums were kept after `bestEnd`; where they are gone, it is searched once more. */
export function keptPath(
  map: ScoreMap,
  end: TubeEnd,
  { sign, movement, space }: { sign: 1 | -1; movement: number; space: SearchSpace },
): CellTube {
  return space.kept ? traceBack(map, end, { sums: space.kept, sign, movement }) : bestPath(map, sign, movement, space)
}

interface Around {
  sums: SearchSpace['spare']
  grid: Grid
  sign: 1 | -1
  movement: number
}

/** The neighbour at `frame` with the largest sum, or with the smallest, whose opposite is returned. */
function bestNeighbour(frame: number, { row, col }: { row: number; col: number }, around: Around) {
  const { sums, grid, sign, movement } = around
  const here = placeOf(around, { frame, row, col })
  let best = { row, col, sum: sign * (sums.values[here] as number) }
  for (let i = Math.max(0, row - movement); i <= Math.min(grid.rows - 1, row + movement); i++) {
    for (let j = Math.max(0, col - movement); j <= Math.min(grid.cols - 1, col + movement); j++) {
      const sum = sign * (sums.values[here + (i - row) * sums.stride + (j - col)] as number)
      if (sum > best.sum) best = { row: i, col: j, sum }
    }
  }
  return best
}

function placeOf({ sums, grid }: Around, { frame, row, col }: { frame: number; row: number; col: number }): number {
  return ((frame + 1) * (grid.rows + 2) + row + 1) * sums.stride + col
}
