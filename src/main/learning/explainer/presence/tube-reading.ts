import type { Cell } from '@main/learning/search/score-map'
import type { ExplainerModel, TapShape } from '@main/learning/explainer/explainer-model'
import { cellWeights } from '@main/learning/explainer/shape-kernels'

/**
 * The cell of tap `to` whose centre is nearest to that of a cell of another tap, in input pixels; its own cell where the
 * two taps have the same geometry.
 */
export function cellAt(model: ExplainerModel, { row, col, tap }: Cell, to: number): { row: number; col: number } {
  if (tap === to) return { row, col }
  const [from, into, { rows, cols }] = [model.geometry(tap), model.geometry(to), model.grids[to] as TapShape]
  const nearest = (place: number, side: number) => Math.min(side - 1, Math.max(0, Math.round(place)))
  return {
    row: nearest(((row + 0.5) * from.strideY + from.offsetY - into.offsetY) / into.strideY - 0.5, rows),
    col: nearest(((col + 0.5) * from.strideX + from.offsetX - into.offsetX) / into.strideX - 0.5, cols),
  }
}

/**
 * What a cell covers at tap `to`, weighted as its shape says: `use` is told where the channels of each of the nine cells
 * begin in the tap's map, which of the nine it is, and its weight. What is beyond the border is left out.
 */
function eachSpot(
  model: ExplainerModel,
  cell: Cell,
  to: number,
  use: (at: number, kernelCell: number, weight: number) => void,
): void {
  const { rows, cols, channels } = model.grids[to] as TapShape
  const { row, col } = cellAt(model, cell, to)
  const weights = cellWeights[cell.shape] as Float32Array
  for (let kernelCell = 0; kernelCell < 9; kernelCell++) {
    const i = row + Math.floor(kernelCell / 3) - 1
    const j = col + (kernelCell % 3) - 1
    if (i < 0 || j < 0 || i >= rows || j >= cols) continue
    use(((cell.frame * rows + i) * cols + j) * channels, kernelCell, weights[kernelCell] as number)
  }
}

/**
 * f(R): what a tube covers at every tap, whichever its own is, weighted by its shapes and divided by its length.
 * @param features prepared maps
 * @param into [9, d] per tap one after the other; overwritten
 */
export function readTube(
  model: ExplainerModel,
  features: readonly Float32Array[],
  cells: readonly Cell[],
  into: Float32Array,
): void {
  into.fill(0)
  let start = 0
  for (const [tap, { channels }] of model.grids.entries()) {
    const [map, from] = [features[tap] as Float32Array, start]
    for (const cell of cells)
      eachSpot(model, cell, tap, (at, kernelCell, weight) => {
        const [to, share] = [from + kernelCell * channels, weight / cells.length]
        for (let x = 0; x < channels; x++) into[to + x] = (into[to + x] as number) + share * (map[at + x] as number)
      })
    start += 9 * channels
  }
}

/** <v, f(R)> of one attribute, without forming f. @param words per tap, [S, 9, d] */
export function responseOf(
  model: ExplainerModel,
  features: readonly Float32Array[],
  { words, attribute, cells }: { words: readonly Float32Array[]; attribute: number; cells: readonly Cell[] },
): number {
  let sum = 0
  for (const [tap, { channels }] of model.grids.entries()) {
    const [map, kernel] = [features[tap] as Float32Array, words[tap] as Float32Array]
    for (const cell of cells)
      eachSpot(model, cell, tap, (at, kernelCell, weight) => {
        const from = (attribute * 9 + kernelCell) * channels
        let part = 0
        for (let x = 0; x < channels; x++) part += (kernel[from + x] as number) * (map[at + x] as number)
        sum += weight * part
      })
  }
  return sum / cells.length
}
