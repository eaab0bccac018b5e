import * as tf from '@tensorflow/tfjs'
import type { Tensor4D, Tensor5D } from '@tensorflow/tfjs'

/**
 * Max pooling in space only, so that T stays T' (Kanehira et al. 2019, section 4.2). Frames stand where 2-D pooling has
 * its batch: TensorFlow's 3-D pooling has a gradient several times slower.
 * @param x [B, T, H, W, C]
 * @returns [B, T, floor(H / size), floor(W / size), C]
 */
export function maxPoolSpace(x: Tensor5D, size: number): Tensor5D {
  return tf.tidy(() => {
    const [b, t, h, w, c] = x.shape
    const pooled = tf.maxPool<Tensor4D>(tf.reshape(x, [b * t, h, w, c]), size, size, 'valid')
    return tf.reshape<tf.Rank.R5>(pooled, [b, t, pooled.shape[1], pooled.shape[2], c])
  })
}
