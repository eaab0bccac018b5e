import { cellWeights } from '../../learning/explainer/shape-kernels'
import { bestTube } from '../../learning/search/best-tube'
import { cellCount, type Grid, type ScoreMap } from '../../learning/search/score-map'
import { type Region, regionOf, regionVolume } from '../region'
import type { BaselineQuestion } from './baseline'

/** Steps of the search for the quantile; the volume is then matched to a cell or so. */
const steps = 12

/**
 * A heat map as a tube: the same search as the method's, on the map minus the quantile at which the tube's volume comes
 * closest to the method's own (docs/evaluation.md). The tube has the method's shape.
 * @param heat one value per cell of tap 0 in the explainer's cells, [T, rows, cols]
 */
export function heatTube(heat: Float32Array, { model, evidence, search, size }: BaselineQuestion): Region | null {
  const grid = model.grids[0]
  if (!grid) return null
  const shape = evidence.tube.cells[0]?.shape ?? 3
  const values = smoothed(heat, grid, cellWeights[shape] ?? new Float32Array(9))
  const wanted = regionVolume(regionOf(model, evidence.tube.cells, size))
  const sorted = values.slice().sort()
  const at = (level: number) => {
    const lowered = values.map((value) => value - (sorted[Math.floor(level * (sorted.length - 1))] ?? 0))
    const map: ScoreMap = { grid, values: lowered, offset: 0, tap: 0, shape }
    const region = regionOf(model, bestTube([map], 1, { ...search, link: 'fixed' }).cells, size)
    return { region, miss: Math.abs(regionVolume(region) - wanted), tooLarge: regionVolume(region) > wanted }
  }
  let [low, high] = [0, 1]
  let best = at(0.5)
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    const found = at(middle)
    if (found.miss < best.miss) best = found
    // A higher quantile leaves less above zero, hence a shorter tube.
    if (found.tooLarge) low = middle
    else high = middle
  }
  return best.region
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
