import type { Cell } from '@main/learning/search/score-map'
import type { ExplainerModel, TapShape, TapWeights } from './explainer-model'
import type { Pair } from './products'
import { cellWeights } from './shape-kernels'

/** Features that a set of cells of one tap reads through its shapes' kernels, summed: f with delta_m = <kernel, f>. */
export interface PooledFeatures {
  tap: number
  /** [9, d] */
  values: Float32Array
}

/** f of a tube, one per tap that it passes. */
export function tubeFeatures(
  model: ExplainerModel,
  features: readonly Float32Array[],
  cells: readonly Cell[],
): PooledFeatures[] {
  const taps = [...new Set(cells.map((cell) => cell.tap))]
  return taps.map((tap) => {
    const grid = model.grids[tap] as TapShape
    const values = new Float32Array(9 * grid.channels)
    for (const cell of cells)
      if (cell.tap === tap)
        addPatch(values, features[tap] as Float32Array, {
          grid,
          cell,
          weights: cellWeights[cell.shape] as Float32Array,
        })
    return { tap, values }
  })
}

function addPatch(
  values: Float32Array,
  map: Float32Array,
  { grid, cell, weights }: { grid: TapShape; cell: Cell; weights: Float32Array },
): void {
  const { rows, cols, channels } = grid
  for (let k = 0; k < 9; k++) {
    const i = cell.row + Math.floor(k / 3) - 1
    const j = cell.col + (k % 3) - 1
    if (i < 0 || j < 0 || i >= rows || j >= cols) continue
    const from = ((cell.frame * rows + i) * cols + j) * channels
    const weight = weights[k] as number
    for (let x = 0; x < channels; x++)
      values[k * channels + x] = (values[k * channels + x] as number) + weight * (map[from + x] as number)
  }
}

/** f whose score is the mean over all cells, shapes and taps. */
export function meanFeatures(model: ExplainerModel, features: readonly Float32Array[]): PooledFeatures[] {
  const total = 4 * model.grids.reduce((sum, { frames, rows, cols }) => sum + frames * rows * cols, 0)
  return model.grids.map((grid, tap) => {
    const values = new Float32Array(9 * grid.channels)
    const weights = Float32Array.from(
      { length: 9 },
      (_, k) => cellWeights.reduce((sum, w) => sum + (w[k] as number), 0) / total,
    )
    for (let frame = 0; frame < grid.frames; frame++) {
      for (let row = 0; row < grid.rows; row++) {
        for (let col = 0; col < grid.cols; col++)
          addPatch(values, features[tap] as Float32Array, { grid, cell: { frame, row, col, tap, shape: 0 }, weights })
      }
    }
    return { tap, values }
  })
}

/** delta_m of pooled features: <(w_pos - w_neg) * (1 + w_s), f>. */
export function scoreOf(
  model: ExplainerModel,
  pooled: readonly PooledFeatures[],
  { pos, neg, attribute }: Pair,
): number {
  let score = 0
  for (const { tap, values } of pooled) {
    const { classes, attributes } = model.weights[tap] as TapWeights
    const size = values.length
    for (let x = 0; x < size; x++) {
      const contrast = (classes[pos * size + x] as number) - (classes[neg * size + x] as number)
      score += contrast * (1 + (attributes[attribute * size + x] as number)) * (values[x] as number)
    }
  }
  return score
}

/** Gradients shaped like the weights. */
export interface TapGradients {
  classes: Float32Array
  attributes: Float32Array
}

/** Adds d(factor * score) / d(weights) to the gradients. */
export function addGradient(
  model: ExplainerModel,
  gradients: readonly TapGradients[],
  pooled: readonly PooledFeatures[],
  { pair, factor }: { pair: Pair; factor: number },
): void {
  const { pos, neg, attribute } = pair
  for (const { tap, values } of pooled) {
    const { classes, attributes } = model.weights[tap] as TapWeights
    const gradient = gradients[tap] as TapGradients
    const size = values.length
    for (let x = 0; x < size; x++) {
      const f = factor * (values[x] as number)
      const word = 1 + (attributes[attribute * size + x] as number)
      const contrast = (classes[pos * size + x] as number) - (classes[neg * size + x] as number)
      gradient.classes[pos * size + x] = (gradient.classes[pos * size + x] as number) + f * word
      gradient.classes[neg * size + x] = (gradient.classes[neg * size + x] as number) - f * word
      gradient.attributes[attribute * size + x] = (gradient.attributes[attribute * size + x] as number) + f * contrast
    }
  }
}
