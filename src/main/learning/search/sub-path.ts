import { openKernel, type SearchKernel } from './kernel'
import type { CellTube, Grid, ScoreMap } from './score-map'

/** Bytes of a WebAssembly page, and of the kernel's result in front of everything. */
const [page, head] = [65_536, 64]

/** Where a search keeps its numbers. Rows are padded to whole vectors of four cells. */
interface Places {
  /** Cells from one row to the next. */
  stride: number
  /** M, [T, rows, stride], minus infinity in the padding. */
  values: Float32Array
  /** S, [T, rows, stride]. */
  sums: Float32Array
  /** Bytes: S of the frame before and of this one, cut at 0, with a border of zeros. */
  before: number
  after: number
}

/** Memory that a search reuses from map to map; made once per thread of work. */
export class SearchSpace {
  private readonly memory = new WebAssembly.Memory({ initial: 1 })
  private readonly kernel: SearchKernel = openKernel(this.memory)
  private places: Places | null = null
  private grid: Grid = { frames: 0, rows: 0, cols: 0 }

  take(grid: Grid): Places {
    const { frames, rows, cols } = this.grid
    if (this.places && frames === grid.frames && rows === grid.rows && cols === grid.cols) return this.places
    const stride = Math.ceil(grid.cols / 4) * 4
    const cells = grid.frames * grid.rows * stride
    const picture = (grid.rows + 2) * (stride + 8) * 4
    const needed = head + 8 * cells + 2 * picture
    const missing = Math.ceil((needed - this.memory.buffer.byteLength) / page)
    if (missing > 0) this.memory.grow(missing)
    const { buffer } = this.memory
    const before = head + 8 * cells
    const values = new Float32Array(buffer, head, cells).fill(-Infinity)
    const sums = new Float32Array(buffer, head + 4 * cells, cells)
    this.grid = grid
    this.places = { stride, values, sums, before, after: before + picture }
    return this.places
  }

  /** Fills the sums of the map now in the values, for a movement of one cell. */
  run(): TubeEnd {
    const { frames, rows, cols } = this.grid
    const { stride, values, sums, before, after } = this.take(this.grid)
    const { buffer } = this.memory
    new Uint8Array(buffer, before, 2 * (after - before)).fill(0)
    this.kernel(values.byteOffset, sums.byteOffset, before, after, frames, rows, stride / 4, 0)
    const [scores, indices] = [new Float32Array(buffer, 0, 4), new Int32Array(buffer, 16, 4)]
    let [score, index] = [-Infinity, Infinity]
    for (let lane = 0; lane < 4; lane++) {
      const own = scores[lane] as number
      if (own > score || (own === score && (indices[lane] as number) < index))
        [score, index] = [own, indices[lane] as number]
    }
    const at = Number.isFinite(index) && score > -Infinity ? index : 0
    const row = Math.floor(at / stride)
    return { score, frame: Math.floor(row / rows), cell: (row % rows) * cols + (at % stride) }
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
 * Ties: earlier end, then row-major. Sums are of single precision.
 * @param sign 1 for the maximal tube, -1 for the minimal one: min = -max(-M). The score returned is the map's own.
 */
export function bestEnd(map: ScoreMap, sign: 1 | -1, movement: number, space: SearchSpace): TubeEnd {
  const { values, offset, grid } = map
  const { frames, rows, cols } = grid
  const places = space.take(grid)
  for (let line = 0, from = offset, to = 0; line < frames * rows; line++, to += places.stride) {
    for (let j = 0; j < cols; j++, from++) places.values[to + j] = sign * (values[from] as number)
  }
  const end = movement === 1 ? space.run() : anyMovement(places, grid, movement)
  return { ...end, score: sign * end.score }
}

/** The same for any movement, one cell after the other. */
function anyMovement({ values, sums, stride }: Places, grid: Grid, movement: number): TubeEnd {
  const { frames, rows, cols } = grid
  const best: TubeEnd = { score: -Infinity, frame: 0, cell: 0 }
  for (let t = 0; t < frames; t++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        const at = (t * rows + i) * stride + j
        const before = t > 0 ? bestNeighbour(sums, (t - 1) * rows, { row: i, col: j, grid, stride, movement }).sum : 0
        sums[at] = (values[at] as number) + (before > 0 ? before : 0)
        if ((sums[at] as number) > best.score) Object.assign(best, { score: sums[at], frame: t, cell: i * cols + j })
      }
    }
  }
  return best
}

/**
 * The tube that ends at `end`, found by following the largest partial sum backwards; staying in place wins a tie, then
 * row-major order. Must follow `bestEnd` of the same map with the same space, whose sums it reads.
 */
export function traceBack(map: ScoreMap, end: TubeEnd, movement: number, space: SearchSpace): CellTube {
  const { grid, tap, shape } = map
  const { rows, cols } = grid
  const { sums, stride } = space.take(grid)
  const path = [{ row: Math.floor(end.cell / cols), col: end.cell % cols }]
  for (let t = end.frame; t > 0; t--) {
    const from = path.at(-1) as (typeof path)[number]
    const before = bestNeighbour(sums, (t - 1) * rows, { ...from, grid, stride, movement })
    if (before.sum <= 0) break
    path.push({ row: before.row, col: before.col })
  }
  const first = end.frame - path.length + 1
  return { score: end.score, cells: path.reverse().map((place, i) => ({ frame: first + i, ...place, tap, shape })) }
}

/** @param line row of `sums` at which the frame begins */
function bestNeighbour(
  sums: Float32Array,
  line: number,
  { row, col, grid, stride, movement }: { row: number; col: number; grid: Grid; stride: number; movement: number },
) {
  let best = { row, col, sum: sums[(line + row) * stride + col] as number }
  for (let i = Math.max(0, row - movement); i <= Math.min(grid.rows - 1, row + movement); i++) {
    for (let j = Math.max(0, col - movement); j <= Math.min(grid.cols - 1, col + movement); j++) {
      const sum = sums[(line + i) * stride + j] as number
      if (sum > best.sum) best = { row: i, col: j, sum }
    }
  }
  return best
}
