import * as tf from '@tensorflow/tfjs'
import type { Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs'
import { conv2dFilterGradient } from './conv2d-filter-gradient'

/** Zeros before and after, on one axis. */
export type Padding = readonly [number, number]

/** A 3-D convolution of stride and dilation 1. Sizes of filter and padding in time, rows and columns. */
export interface Conv3dGeometry {
  size: readonly [number, number, number]
  pad: readonly [Padding, Padding, Padding]
}

/**
 * 3-D convolution as a sum over its time taps of 2-D convolutions, which WebAssembly has fast kernels for. Every pad
 * and slice is of rank 4 at most: rank-5 ones fall into slow generic code.
 * @param x [B, T, H, W, ci]
 * @param filter [kt, kh, kw, ci, co]
 * @returns [B, T', H', W', co]
 */
export function conv3d(x: Tensor5D, filter: Tensor5D, geometry: Conv3dGeometry): Tensor5D {
  return tf.tidy(() => {
    const [kt] = geometry.size
    const padded = padTime(x, geometry.pad[0])
    const frames = padded.shape[1] - kt + 1
    const parts = range(kt).map((tap) => {
      const pictures = slicePictures(padded, tap, frames, x.shape)
      return tf.conv2d(padSpace(pictures, geometry), tapOf(filter, tap), 1, 'valid')
    })
    const sum = tf.addN(parts) // [B*T', H', W', co]
    const [, h, w, co] = sum.shape
    return tf.reshape<tf.Rank.R5>(sum, [x.shape[0], frames, h, w, co])
  })
}

/**
 * Gradient by the input: the convolution of dy with the filter turned round in time and space, its channels exchanged.
 * @returns [B, T, H, W, ci]
 */
export function conv3dInputGradient(dy: Tensor5D, filter: Tensor5D, { size, pad }: Conv3dGeometry): Tensor5D {
  return tf.tidy(() => {
    const [kt, kh, kw, ci, co] = filter.shape
    const taps = range(kt).map((tap) => {
      const turned = tf.reverse(tapOf(filter, kt - 1 - tap), [0, 1])
      return tf.reshape(tf.transpose(turned, [0, 1, 3, 2]), [1, kh * kw * co * ci])
    })
    const turned = tf.reshape<tf.Rank.R5>(tf.concat(taps, 0), [kt, kh, kw, co, ci])
    const opposite = pad.map(([before, after], i) => {
      const reach = (size[i] ?? 1) - 1
      return [reach - before, reach - after] as const
    }) as unknown as Conv3dGeometry['pad']
    return conv3d(dy, turned, { size, pad: opposite })
  })
}

/**
 * Gradient by the filter, one time tap after the other.
 * @returns [kt, kh, kw, ci, co]
 */
export function conv3dFilterGradient(x: Tensor5D, dy: Tensor5D, geometry: Conv3dGeometry): Tensor5D {
  return tf.tidy(() => {
    const [kt, kh, kw] = geometry.size
    const [b, frames, h, w, co] = dy.shape
    const padded = padTime(x, geometry.pad[0])
    const flatDy = tf.reshape<tf.Rank.R4>(dy, [b * frames, h, w, co])
    const ci = x.shape[4]
    const taps = range(kt).map((tap) => {
      const pictures = padSpace(slicePictures(padded, tap, frames, x.shape), geometry)
      const gradient = conv2dFilterGradient({ x: pictures, dy: flatDy, size: [kh, kw], strides: [1, 1] })
      return tf.reshape(gradient, [1, kh * kw * ci * co])
    })
    return tf.reshape<tf.Rank.R5>(tf.concat(taps, 0), [kt, kh, kw, ci, co])
  })
}

/** [B, T, H, W, C] as [B, T + zeros, H*W*C]. */
function padTime(x: Tensor5D, [before, after]: Padding): Tensor3D {
  const [b, t, h, w, c] = x.shape
  const flat = tf.reshape<tf.Rank.R3>(x, [b, t, h * w * c])
  return before === 0 && after === 0
    ? flat
    : tf.pad(flat, [
        [0, 0],
        [before, after],
        [0, 0],
      ])
}

/** `frames` pictures of each clip from frame `tap` on, [B*frames, H, W, C]. */
function slicePictures(padded: Tensor3D, tap: number, frames: number, [b, , h, w, c]: readonly number[]): Tensor4D {
  const size = padded.shape[2]
  const part = tf.slice(padded, [0, tap, 0], [b ?? 1, frames, size])
  return tf.reshape<tf.Rank.R4>(part, [(b ?? 1) * frames, h ?? 1, w ?? 1, c ?? 1])
}

function padSpace(pictures: Tensor4D, { pad: [, rows, cols] }: Conv3dGeometry): Tensor4D {
  if (rows[0] + rows[1] + cols[0] + cols[1] === 0) return pictures
  return tf.pad(pictures, [[0, 0], [...rows], [...cols], [0, 0]])
}

function tapOf(filter: Tensor5D, tap: number): Tensor4D {
  const [kt, kh, kw, ci, co] = filter.shape
  const flat = tf.reshape<tf.Rank.R2>(filter, [kt, kh * kw * ci * co])
  return tf.reshape<tf.Rank.R4>(tf.slice(flat, [tap, 0], [1, kh * kw * ci * co]), [kh, kw, ci, co])
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
