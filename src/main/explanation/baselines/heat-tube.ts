import { cellWeights } from '@main/learning/explainer/shape-kernels'
import { bestTube } from '@main/learning/search/best-tube'
import { type Cell, cellCount, type Grid, type ScoreMap } from '@main/learning/search/score-map'
import { regionOf } from '@main/explanation/region'
import type { BaselineAnswer, BaselineQuestion } from './baseline'

/** Steps of the search for the level; the length is then matched to a frame or so. */
const steps = 12

/** A heat map as an answer: its tube, and what is guessed of it. */
export function heatAnswer(heat: Float32Array, question: BaselineQuestion): BaselineAnswer | null {
  const cells = heatCells(heat, question)
  return cells && { attribute: question.guess(cells), region: regionOf(question.model, cells, question.size) }
}

/** The model whose cells a heat map has, and the method's own answer. */
type HeatQuestion = Pick<BaselineQuestion, 'model' | 'evidence' | 'search'>

/**
 * A heat map as a tube: the same search as the method's, on the map minus the level at which the tube is as long as
 * the method's own (docs/evaluation.md). Shape and length, hence the area before cutting at the border, are the method's.
 * @param heat one value per cell of tap 0 in the explainer's cells, [T, rows, cols]
 */
export function heatCells(heat: Float32Array, { model, evidence, search }: HeatQuestion): readonly Cell[] | null {
  const grid = model.grids[0]
  if (!grid) return null
  const shape = evidence.tube.cells[0]?.shape ?? 3
  const values = smoothed(heat, grid, cellWeights[shape] ?? new Float32Array(9))
  const wanted = evidence.tube.cells.length
  const at = (level: number) => {
    const lowered = values.map((value) => value - level)
    const map: ScoreMap = { grid, values: lowered, offset: 0, tap: 0, shape }
    const { cells } = bestTube([map], 1, { ...search, link: 'fixed' }, model.space)
    return { cells, miss: Math.abs(cells.length - wanted), tooLong: cells.length > wanted }
  }
  const [least, most] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  )
  // Just below the least, so that even a flat map can give a tube of full length.
  let [low, high] = [least - 1e-3 * (most - least || Math.abs(most) || 1), most]
  let best = at(low)
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    const found = at(middle)
    if (found.miss < best.miss) best = found
    // A higher level leaves less above zero, hence a shorter tube.
    if (found.tooLong) low = middle
    else high = middle
  }
  return best.cells
}

/** Each cell's mean over the shape around it, with zeros beyond the border, as delta_m is. */
function smoothed(heat: Float32Array, grid: Grid, weights: Float32Array): Float32Array {
  const { frames, rows, cols } = grid
  const out = new Float32Array(cellCount(grid))
  for (let t = 0; t < frames; t++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        let sum = 0
        for (let k = 0; k < 9; k++) {
          const [a, b] = [i + Math.floor(k / 3) - 1, j + (k % 3) - 1]
          if (a >= 0 && b >= 0 && a < rows && b < cols)
            sum += (weights[k] as number) * (heat[(t * rows + a) * cols + b] as number)
        }
        out[(t * rows + i) * cols + j] = sum
      }
    }
  }
  return out
}
