import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import { readValues } from '@main/learning/read-values'
import type { LogitChoice } from '@main/learning/target/target-classifier'
import type { BaselineQuestion } from './baseline'
import { toCells } from './to-cells'

/**
 * Heat from the last feature map and the gradient of a logit with respect to it.
 * @param combine map [1, T, rows, cols, d] and its gradient to heat [T, rows, cols]
 * @returns in the explainer's cells; null where the rest of the network behind the map is not known
 */
export async function lastMapHeat(
  { target, model, input }: Pick<BaselineQuestion, 'target' | 'model' | 'input'>,
  of: LogitChoice,
  combine: (map: Tensor5D, gradient: Tensor5D) => Tensor,
): Promise<Float32Array | null> {
  const { head, taps } = target
  const [tap] = taps
  if (!head || !tap) return null
  const { maps } = await target.features([input])
  const [map] = maps
  if (!map) return null
  const gradient = await head.gradient(map, of)
  const tensorOf = (values: Float32Array) => tf.tensor<tf.Rank.R5>(values, map.shape as Tensor5D['shape'])
  const heat = readValues(() => combine(tensorOf(map.values), tensorOf(gradient)))
  return toCells(heat, { frames: map.shape[1] ?? 1, rows: tap.rows, cols: tap.cols }, model.grids[0])
}
