import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import { readValues } from '@main/learning/read-values'
import type { BaselineQuestion } from './baseline'
import { toCells } from './to-cells'

/** What to differentiate: the logit of A, or what sets it apart from B. */
export type Of = 'pos' | 'difference'

/**
 * Heat from the last feature map and the gradient of a logit with respect to it.
 * @param combine map [1, T, rows, cols, d] and its gradient to heat [T, rows, cols]
 * @returns in the explainer's cells; null where the rest of the network behind the map is not known
 */
export function lastMapHeat(
  { target, model, input, pos, neg }: BaselineQuestion,
  of: Of,
  combine: (map: Tensor5D, gradient: Tensor5D) => Tensor,
): Float32Array | null {
  if (!target.head) return null
  const { frames, height, width } = target
  const heat = readValues(() => {
    const { features } = target.forward(tf.tensor5d(input, [1, frames, height, width, 3]))
    const map = features[0] as Tensor5D
    const logit = (x: Tensor) => {
      const logits = target.head?.(x as Tensor5D) as Tensor
      const one = (c: number) => tf.slice(logits, [0, c], [1, 1])
      return tf.sum(of === 'pos' ? one(pos) : tf.sub(one(pos), one(neg)))
    }
    return combine(map, tf.grad(logit)(map) as Tensor5D)
  })
  const tap = target.taps[0]
  return tap ? toCells(heat, { frames, rows: tap.rows, cols: tap.cols }, model.grids[0]) : null
}
