import type { CellTube, Grid, ScoreMap } from './score-map'

/** Buffers that a search reuses from map to map; made once per thread of work. */
export class SearchSpace {
  private sums = new Float64Array(0)
  private best = new Float64Array(0)
  private rowBest = new Float64Array(0)

  /** Partial sums [T, rows, cols], and two scratch pictures. */
  take({ frames, rows, cols }: Grid): { sums: Float64Array; best: Float64Array; rowBest: Float64Array } {
    const cells = rows * cols
    if (this.sums.length < frames * cells) this.sums = new Float64Array(frames * cells)
    if (this.best.length < cells) {
      this.best = new Float64Array(cells)
      this.rowBest = new Float64Array(cells)
    }
    return { sums: this.sums, best: this.best, rowBest: this.rowBest }
  }
}

/** Where a best tube ends: enough to compare tubes without tracing each. */
export interface TubeEnd {
  score: number
  frame: number
  /** row * cols + col */
  cell: number
}

/**
 * The maximum sub-path of one map (Kanehira et al. 2019, 3.5): S[u,0] = M[u,0]; S[u,t] = M[u,t] + max(0, max over
 * neighbours v of S[v,t-1]); the best end is the largest S anywhere, before any ReLU, so that a tube is never empty.
 * Ties: earlier end, then row-major.
 * @param sign 1 for the maximal tube, -1 for the minimal one: min = -max(-M). The score returned is the map's own.
 */
export function bestEnd(map: ScoreMap, sign: 1 | -1, movement: number, space: SearchSpace): TubeEnd {
  const { values, offset, grid } = map
  const cells = grid.rows * grid.cols
  const { sums, best, rowBest } = space.take(grid)
  let score = -Infinity
  let frame = 0
  let cell = 0
  for (let t = 0; t < grid.frames; t++) {
    const here = t * cells
    if (t > 0) neighbourhoodMax(sums, here - cells, { rows: grid.rows, cols: grid.cols, movement, best, rowBest })
    for (let u = 0; u < cells; u++) {
      const before = t > 0 ? (best[u] as number) : 0
      const sum = sign * (values[offset + here + u] as number) + (before > 0 ? before : 0)
      sums[here + u] = sum
      if (sum > score) {
        score = sum
        frame = t
        cell = u
      }
    }
  }
  return { score: sign * score, frame, cell }
}

interface Neighbourhood {
  rows: number
  cols: number
  movement: number
  best: Float64Array
  rowBest: Float64Array
}

/** best[u] = max of `sums` over the cells within `movement` of u; first along rows, then along columns. */
function neighbourhoodMax(
  sums: Float64Array,
  from: number,
  { rows, cols, movement, best, rowBest }: Neighbourhood,
): void {
  if (movement === 1) return neighbourhoodMaxOfOne(sums, from, { rows, cols, best, rowBest })
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let max = -Infinity
      for (let b = Math.max(0, j - movement); b <= Math.min(cols - 1, j + movement); b++)
        max = Math.max(max, sums[from + i * cols + b] as number)
      rowBest[i * cols + j] = max
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let max = -Infinity
      for (let a = Math.max(0, i - movement); a <= Math.min(rows - 1, i + movement); a++)
        max = Math.max(max, rowBest[a * cols + j] as number)
      best[i * cols + j] = max
    }
  }
}

/** The usual movement of one cell, without inner loops: this is where a search spends its time. */
function neighbourhoodMaxOfOne(
  sums: Float64Array,
  from: number,
  { rows, cols, best, rowBest }: Omit<Neighbourhood, 'movement'>,
): void {
  for (let i = 0; i < rows; i++) {
    const line = i * cols
    for (let j = 0; j < cols; j++) {
      let max = sums[from + line + j] as number
      if (j > 0 && (sums[from + line + j - 1] as number) > max) max = sums[from + line + j - 1] as number
      if (j < cols - 1 && (sums[from + line + j + 1] as number) > max) max = sums[from + line + j + 1] as number
      rowBest[line + j] = max
    }
  }
  for (let i = 0; i < rows; i++) {
    const line = i * cols
    for (let j = 0; j < cols; j++) {
      let max = rowBest[line + j] as number
      if (i > 0 && (rowBest[line - cols + j] as number) > max) max = rowBest[line - cols + j] as number
      if (i < rows - 1 && (rowBest[line + cols + j] as number) > max) max = rowBest[line + cols + j] as number
      best[line + j] = max
    }
  }
}

/**
 * The tube that ends at `end`, found by following the largest partial sum backwards; staying in place wins a tie, then
 * row-major order. Must follow `bestEnd` of the same map with the same space, whose sums it reads.
 */
export function traceBack(map: ScoreMap, end: TubeEnd, movement: number, space: SearchSpace): CellTube {
  const { grid, tap, shape } = map
  const { sums } = space.take(grid)
  const cells = grid.rows * grid.cols
  const path = [end.cell]
  for (let t = end.frame; t > 0; t--) {
    const from = path.at(-1) as number
    const before = bestNeighbour(sums, (t - 1) * cells, { cell: from, rows: grid.rows, cols: grid.cols, movement })
    if (before.sum <= 0) break
    path.push(before.cell)
  }
  const first = end.frame - path.length + 1
  return {
    score: end.score,
    cells: path
      .reverse()
      .map((cell, i) => ({ frame: first + i, row: Math.floor(cell / grid.cols), col: cell % grid.cols, tap, shape })),
  }
}

function bestNeighbour(
  sums: Float64Array,
  at: number,
  { cell, rows, cols, movement }: { cell: number; rows: number; cols: number; movement: number },
) {
  const [row, col] = [Math.floor(cell / cols), cell % cols]
  let best = { cell, sum: sums[at + cell] as number }
  for (let i = Math.max(0, row - movement); i <= Math.min(rows - 1, row + movement); i++) {
    for (let j = Math.max(0, col - movement); j <= Math.min(cols - 1, col + movement); j++) {
      const sum = sums[at + i * cols + j] as number
      if (sum > best.sum) best = { cell: i * cols + j, sum }
    }
  }
  return best
}
