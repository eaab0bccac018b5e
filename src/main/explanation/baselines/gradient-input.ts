import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import { readValues } from '@main/learning/read-values'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { Baseline } from './baseline'
import { heatTube } from './heat-tube'
import { toCells } from './to-cells'

/** Gradient x input (Shrikumar et al. 2016) of A's logit, its magnitude summed over channels and over each cell. */
export const gradientInput: Baseline = (question) => {
  const { target, model, input, pos } = question
  const { frames, height, width } = target
  const heat = gradientOf(target, () => {
    const x = tf.tensor5d(input, [1, frames, height, width, 3])
    const logit = (clip: Tensor) => tf.sum(tf.slice(target.forward(clip as Tensor5D).logits, [0, pos], [1, 1]))
    return tf.sum(tf.abs(tf.mul(x, tf.grad(logit)(x))), [0, 4])
  })
  const cells = heat && toCells(heat, { frames, rows: height, cols: width }, model.grids[0])
  const region = cells && heatTube(cells, question)
  return region && { attribute: question.guess(), region }
}

/** A network of unknown layers may hold one that has no gradient on this engine; any other must have them. */
function gradientOf(target: TargetClassifier, compute: () => Tensor): Float32Array | null {
  try {
    return readValues(compute)
  } catch (error) {
    if (target.head) throw error
    return null
  }
}
