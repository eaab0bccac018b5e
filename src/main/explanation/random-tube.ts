import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Random } from '@main/learning/random'
import type { Cell } from '@main/learning/search/score-map'

/**
 * A tube like `cells` in tap, shape and length before cutting at the border, that starts anywhere it fits and wanders by
 * at most `movement` cells: the honest control for every number that masking gives.
 */
export function randomTube(model: ExplainerModel, cells: readonly Cell[], movement: number, stream: Random): Cell[] {
  const [first] = cells
  const grid = first && model.grids[first.tap]
  if (!first || !grid) return []
  const start = stream.int(grid.frames - cells.length + 1)
  let [row, col] = [stream.int(grid.rows), stream.int(grid.cols)]
  const step = (at: number, side: number) =>
    Math.min(side - 1, Math.max(0, at + stream.int(2 * movement + 1) - movement))
  return cells.map((cell, i) => {
    if (i > 0) [row, col] = [step(row, grid.rows), step(col, grid.cols)]
    return { ...cell, frame: start + i, row, col }
  })
}
