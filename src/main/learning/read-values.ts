import * as tf from '@tensorflow/tfjs'
import type { Tensor } from '@tensorflow/tfjs'

/**
 * The numbers of a tensor that `compute` makes; everything it made on the way is freed.
 * `tidy` must not return plain arrays: it looks through whatever it returns for tensors, number by number.
 */
export function readValues(compute: () => Tensor): Float32Array {
  const result = tf.tidy(compute)
  try {
    return result.dataSync<'float32'>()
  } finally {
    result.dispose()
  }
}

/** The numbers of several tensors, in their order. */
export function readAllValues(compute: () => Tensor[]): Float32Array[] {
  const results = tf.tidy(compute)
  try {
    return results.map((result) => result.dataSync<'float32'>())
  } finally {
    tf.dispose(results)
  }
}
