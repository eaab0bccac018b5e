import * as tf from '@tensorflow/tfjs'
import type { Scalar, Tensor3D, Tensor4D } from '@tensorflow/tfjs'

/**
 * The same search as a layer of element-wise sum, ReLU and 2-D max pooling (Kanehira et al. 2019, Figure 3), whose
 * gradient the framework finds. Slower than the sparse path and, where tubes tie, marks all of them; kept as its oracle
 * and for networks that want a layer.
 * @param map [T, H, W]
 * @returns the maximal tube's score
 */
export function maxTubeDense(map: Tensor3D, movement: number): Scalar {
  return tf.tidy(() => {
    const [, rows, cols] = map.shape
    const frames = tf.unstack(map).map((frame) => tf.reshape<tf.Rank.R4>(frame, [1, rows, cols, 1]))
    let sum = frames[0] as Tensor4D
    const sums = [sum]
    for (const frame of frames.slice(1)) {
      // ReLU first: max(0, max of neighbours) = max of the neighbours' ReLUs, and zero padding then changes nothing.
      sum = tf.add(frame, pooledMax(tf.relu(sum), movement))
      sums.push(sum)
    }
    return tf.max(tf.stack(sums)) as Scalar
  })
}

/** Max over the (2k+1) x (2k+1) neighbourhood, 'same', stride 1. */
function pooledMax(x: Tensor4D, movement: number): Tensor4D {
  return movement === 0 ? x : tf.maxPool(x, 2 * movement + 1, 1, 'same')
}

/** min = -max(-M). */
export function minTubeDense(map: Tensor3D, movement: number): Scalar {
  return tf.tidy(() => tf.neg(maxTubeDense(tf.neg(map), movement)))
}
