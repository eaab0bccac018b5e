import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { Pair } from '@main/learning/explainer/products'
import { cellWeights } from '@main/learning/explainer/shape-kernels'
import { cellCount, type CellTube, type ScoreMap } from '@main/learning/search/score-map'

/** What the kernels compute, written down once more as the formulas say it: slow, and too plain to be wrong. */

/** Score maps of one pair by full convolutions in double precision, in rising order of tap and shape. */
export function plainMaps(model: ExplainerModel, features: readonly Float32Array[], pair: Pair): ScoreMap[] {
  return model.grids.flatMap((grid, tap) =>
    cellWeights.map((_, shape) => {
      const values = new Float32Array(cellCount(grid))
      for (let frame = 0; frame < grid.frames; frame++)
        for (let row = 0; row < grid.rows; row++)
          for (let col = 0; col < grid.cols; col++)
            values[(frame * grid.rows + row) * grid.cols + col] = plainScore(model, features, {
              ...{ ...pair, tap, shape, frame, row, col },
            })
      return { grid, values, offset: 0, tap, shape }
    }),
  )
}

function plainScore(
  model: ExplainerModel,
  features: readonly Float32Array[],
  at: Pair & { tap: number; shape: number; frame: number; row: number; col: number },
): number {
  const { rows, cols, channels } = model.grids[at.tap]!
  const { classes, attributes } = model.weights[at.tap]!
  let score = 0
  for (let k = 0; k < 9; k++) {
    const [i, j] = [at.row + Math.floor(k / 3) - 1, at.col + (k % 3) - 1]
    if (i < 0 || j < 0 || i >= rows || j >= cols) continue
    for (let x = 0; x < channels; x++) {
      const weight = (list: Float32Array, n: number) => list[(n * 9 + k) * channels + x]!
      const kernel = (weight(classes, at.pos) - weight(classes, at.neg)) * (1 + weight(attributes, at.attribute))
      score +=
        cellWeights[at.shape]![k]! * kernel * features[at.tap]![((at.frame * rows + i) * cols + j) * channels + x]!
    }
  }
  return score
}

/** The best tube of several maps, whose shape and scale stay as they are, with sums of single precision. */
export function plainTube(maps: readonly ScoreMap[], sign: 1 | -1, movement: number): CellTube {
  const tubes = maps.map((map) => plainTubeOf(map, sign, movement))
  return tubes.reduce((best, tube) => {
    const [gain, later] = [sign * (tube.score - best.score), tube.cells.at(-1)!.frame - best.cells.at(-1)!.frame]
    return gain > 0 || (gain === 0 && later < 0) ? tube : best
  })
}

function plainTubeOf({ grid, values, offset, tap, shape }: ScoreMap, sign: 1 | -1, movement: number): CellTube {
  const { frames, rows, cols } = grid
  const sums = new Float32Array(cellCount(grid))
  const at = (frame: number, row: number, col: number) => (frame * rows + row) * cols + col
  const bestAround = (frame: number, row: number, col: number) => {
    let best = { row, col, sum: sums[at(frame, row, col)]! }
    for (let i = Math.max(0, row - movement); i <= Math.min(rows - 1, row + movement); i++)
      for (let j = Math.max(0, col - movement); j <= Math.min(cols - 1, col + movement); j++)
        if (sums[at(frame, i, j)]! > best.sum) best = { row: i, col: j, sum: sums[at(frame, i, j)]! }
    return best
  }
  let end = { sum: -Infinity, frame: 0, row: 0, col: 0 }
  for (let frame = 0; frame < frames; frame++)
    for (let row = 0; row < rows; row++)
      for (let col = 0; col < cols; col++) {
        const before = frame > 0 ? Math.max(0, bestAround(frame - 1, row, col).sum) : 0
        const sum = Math.fround(sign * values[offset + at(frame, row, col)]! + before)
        sums[at(frame, row, col)] = sum
        if (sum > end.sum) end = { sum, frame, row, col }
      }
  const cells = [{ frame: end.frame, row: end.row, col: end.col, tap, shape }]
  for (let frame = end.frame; frame > 0; frame--) {
    const before = bestAround(frame - 1, cells[0]!.row, cells[0]!.col)
    if (before.sum <= 0) break
    cells.unshift({ frame: frame - 1, row: before.row, col: before.col, tap, shape })
  }
  return { score: sign * end.sum, cells }
}
