import * as tf from '@tensorflow/tfjs'
import type { Tensor4D } from '@tensorflow/tfjs'

interface FilterGradient {
  /** [N, H, W, ci], already padded. */
  x: Tensor4D
  /** [N, H', W', co] */
  dy: Tensor4D
  /** [kh, kw] of the filter wanted. */
  size: readonly [number, number]
  strides: readonly [number, number]
}

/**
 * Gradient of a 2-D convolution by its filter, as a convolution with the batch and channel axes exchanged:
 * channels of x become the batch, pictures the channels, and dy the filter. A stride of the forward pass is a dilation
 * here. WebAssembly has no kernel of its own for this.
 * @returns [kh, kw, ci, co]
 */
export function conv2dFilterGradient({ x, dy, size: [kh, kw], strides }: FilterGradient): Tensor4D {
  const exchanged = tf.transpose(x, [3, 1, 2, 0]) as Tensor4D // [ci, H, W, N]
  const filter = tf.transpose(dy, [1, 2, 0, 3]) as Tensor4D // [H', W', N, co]
  const full = tf.conv2d(exchanged, filter, 1, 'valid', 'NHWC', [...strides] as [number, number]) // [ci, >=kh, >=kw, co]
  const [ci, , , co] = full.shape
  return tf.transpose(tf.slice(full, [0, 0, 0, 0], [ci, kh, kw, co]), [1, 2, 0, 3]) as Tensor4D
}
