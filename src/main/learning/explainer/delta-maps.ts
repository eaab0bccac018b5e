import * as tf from '@tensorflow/tfjs'
import { readValues } from '../read-values'
import type { ScoreMap } from '../search/score-map'
import type { ExplainerModel, TapShape, TapWeights } from './explainer-model'
import { groupWeights } from './shape-kernels'

/** One question to the kernels: this attribute, pos against neg. */
export interface Pair {
  pos: number
  neg: number
  attribute: number
}

/**
 * Score maps of every pair, tap and shape (Kanehira et al. 2019, eq. 3-4 and 4.1):
 *   delta_m(pos, neg, s) = conv(h, (w_pos - w_neg) * (1 + w_s))
 * Kernels are subtracted first, so the maps of all classes and attributes are never formed. The engine multiplies
 * features and kernels; the four groups of kernel cells and their mixing into four shapes are sums here.
 * @param features prepared maps, [T, rows, cols, d] per tap
 * @returns per pair its maps in rising order of tap and shape, zero padded at the border, signed, before any ReLU
 */
export function deltaMaps(
  model: ExplainerModel,
  features: readonly Float32Array[],
  pairs: readonly Pair[],
): ScoreMap[][] {
  const perTap = features.map((map, tap) => mapsOfTap(model, tap, { map, pairs }))
  return pairs.map((_, p) => perTap.flatMap((maps) => maps[p] ?? []))
}

/** Bytes that the maps of `pairs` pairs take at once, products and shapes together. */
export function mapBytes(model: ExplainerModel, pairs: number): number {
  return model.grids.reduce((sum, { frames, rows, cols }) => sum + pairs * (9 + 4) * 4 * frames * rows * cols, 0)
}

function mapsOfTap(
  model: ExplainerModel,
  tap: number,
  { map, pairs }: { map: Float32Array; pairs: readonly Pair[] },
): ScoreMap[][] {
  const grid = model.grids[tap] as TapShape
  const cells = grid.frames * grid.rows * grid.cols
  const products = multiply(kernelRows(model.weights[tap] as TapWeights, grid.channels, pairs), map, {
    rows: pairs.length * 9,
    cells,
    channels: grid.channels,
  })
  const groups = [0, 1, 2, 3].map(() => new Float32Array(cells))
  return pairs.map((_, p) => {
    gatherGroups(products.subarray(p * 9 * cells, (p + 1) * 9 * cells), grid, groups)
    const values = new Float32Array(4 * cells)
    return groupWeights.map((weights, shape) => {
      mix(groups, weights, values.subarray(shape * cells, (shape + 1) * cells))
      return { grid, values, offset: shape * cells, tap, shape }
    })
  })
}

/** (w_pos - w_neg) * (1 + w_s) of each pair, [pairs * 9, d]. */
function kernelRows({ classes, attributes }: TapWeights, channels: number, pairs: readonly Pair[]): Float32Array {
  const size = 9 * channels
  const rows = new Float32Array(pairs.length * size)
  for (const [p, { pos, neg, attribute }] of pairs.entries()) {
    for (let x = 0; x < size; x++) {
      const contrast = (classes[pos * size + x] as number) - (classes[neg * size + x] as number)
      rows[p * size + x] = contrast * (1 + (attributes[attribute * size + x] as number))
    }
  }
  return rows
}

/** kernels [rows, d] times features [cells, d], transposed: [rows, cells]. */
function multiply(
  kernels: Float32Array,
  features: Float32Array,
  { rows, cells, channels }: { rows: number; cells: number; channels: number },
): Float32Array {
  return readValues(() =>
    tf.matMul(tf.tensor2d(kernels, [rows, channels]), tf.tensor2d(features, [cells, channels]), false, true),
  )
}

/** Sums of the products of each group at the cell they speak of: a kernel cell (a, b) of (i, j) reads (i + a - 1, j + b - 1). */
function gatherGroups(products: Float32Array, { frames, rows, cols }: TapShape, groups: readonly Float32Array[]): void {
  const cells = frames * rows * cols
  const [centre, sides, ends, corners] = groups as [Float32Array, Float32Array, Float32Array, Float32Array]
  centre.set(products.subarray(4 * cells, 5 * cells))
  const at = (k: number, index: number) => products[k * cells + index] as number
  for (let t = 0; t < frames; t++) {
    for (let i = 0; i < rows; i++) {
      const [up, down] = [i > 0, i < rows - 1]
      for (let j = 0; j < cols; j++) {
        const here = (t * rows + i) * cols + j
        const [left, right] = [j > 0, j < cols - 1]
        sides[here] = (left ? at(3, here - 1) : 0) + (right ? at(5, here + 1) : 0)
        ends[here] = (up ? at(1, here - cols) : 0) + (down ? at(7, here + cols) : 0)
        corners[here] =
          (up && left ? at(0, here - cols - 1) : 0) +
          (up && right ? at(2, here - cols + 1) : 0) +
          (down && left ? at(6, here + cols - 1) : 0) +
          (down && right ? at(8, here + cols + 1) : 0)
      }
    }
  }
}

function mix(
  [centre, sides, ends, corners]: readonly Float32Array[],
  [c, h, v, k]: readonly [number, number, number, number],
  into: Float32Array,
): void {
  if (!centre || !sides || !ends || !corners) return
  for (let n = 0; n < into.length; n++) {
    into[n] =
      c * (centre[n] as number) + h * (sides[n] as number) + v * (ends[n] as number) + k * (corners[n] as number)
  }
}
