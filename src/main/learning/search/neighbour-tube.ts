import type { CellTube, ScoreMap } from './score-map'
import { shapes } from './shapes'

interface State {
  map: number
  cell: number
}

/**
 * The best tube over maps of one resolution whose scale and shape may change along it by one step of tap, or by one cell
 * of rows or columns, per frame.
 */
export function neighbourTube(maps: readonly ScoreMap[], sign: 1 | -1, movement: number): CellTube {
  const grid = maps[0]?.grid
  if (!grid) throw new RangeError('a search needs at least one map')
  const cells = grid.rows * grid.cols
  const reach = maps.map((a) => maps.flatMap((b, i) => (isNeighbour(a, b) ? [i] : [])))
  const sums = maps.map(() => new Float64Array(grid.frames * cells))
  let best = { score: -Infinity, frame: 0, map: 0, cell: 0 }
  for (let t = 0; t < grid.frames; t++) {
    for (const [k, { values, offset }] of maps.entries()) {
      for (let cell = 0; cell < cells; cell++) {
        const before =
          t > 0
            ? (previous(sums, reach[k] ?? [], { frame: t - 1, state: { map: k, cell }, grid, movement })?.sum ?? 0)
            : 0
        const sum = sign * (values[offset + t * cells + cell] as number) + Math.max(0, before)
        ;(sums[k] as Float64Array)[t * cells + cell] = sum
        if (sum > best.score) best = { score: sum, frame: t, map: k, cell }
      }
    }
  }
  const path: State[] = [{ map: best.map, cell: best.cell }]
  for (let t = best.frame; t > 0; t--) {
    const state = path.at(-1) as State
    const before = previous(sums, reach[state.map] ?? [], { frame: t - 1, state, grid, movement })
    if (!before || before.sum <= 0) break
    path.push(before.state)
  }
  const first = best.frame - path.length + 1
  return {
    score: sign * best.score,
    cells: path.reverse().map(({ map, cell }, i) => ({
      frame: first + i,
      row: Math.floor(cell / grid.cols),
      col: cell % grid.cols,
      tap: maps[map]?.tap ?? 0,
      shape: maps[map]?.shape ?? 0,
    })),
  }
}

function isNeighbour(a: ScoreMap, b: ScoreMap): boolean {
  const [from, to] = [shapes[a.shape], shapes[b.shape]]
  if (!from || !to) return a.shape === b.shape
  const steps = Math.abs(from.rows - to.rows) + Math.abs(from.cols - to.cols) + Math.abs(a.tap - b.tap)
  return steps <= 1
}

/** The state with the largest sum at `frame` from which `state` can be reached; staying as it is wins a tie. */
function previous(
  sums: readonly Float64Array[],
  reach: readonly number[],
  { frame, state, grid, movement }: { frame: number; state: State; grid: ScoreMap['grid']; movement: number },
): { state: State; sum: number } | null {
  const at = frame * grid.rows * grid.cols
  const [row, col] = [Math.floor(state.cell / grid.cols), state.cell % grid.cols]
  let best: { state: State; sum: number } | null = { state, sum: sums[state.map]?.[at + state.cell] ?? -Infinity }
  for (const map of reach) {
    const level = sums[map] as Float64Array
    for (let i = Math.max(0, row - movement); i <= Math.min(grid.rows - 1, row + movement); i++) {
      for (let j = Math.max(0, col - movement); j <= Math.min(grid.cols - 1, col + movement); j++) {
        const sum = level[at + i * grid.cols + j] as number
        if (sum > best.sum) best = { state: { map, cell: i * grid.cols + j }, sum }
      }
    }
  }
  return best
}
