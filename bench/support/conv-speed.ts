import * as tf from '@tensorflow/tfjs'
import type { Tensor5D } from '@tensorflow/tfjs'

/** GFLOP/s of the three convolutions that a training step is made of. */
export interface ConvSpeed {
  forward: number
  inputGradient: number
  filterGradient: number
  /** All three together, as a training step has them. */
  together: number
}

const [batch, frames, side, channels] = [1, 16, 56, 32]
export const convShape = `x [${batch}, ${frames}, ${side}, ${side}, ${channels}], filter [3, 3, 3, ${channels}, ${channels}]`
const work = (2 * 27 * channels * channels * batch * frames * side * side) / 1e9

/**
 * Speed of the convolution `block1.conv2` of the network in bench/train-step.ts, one clip, on the backend in use.
 * @param runs the best of so many; more than one includes a warm-up
 */
export function convSpeed(runs: number): ConvSpeed {
  const shape: [number, number, number, number, number] = [batch, frames, side, side, channels]
  const x = tf.randomNormal(shape, 0, 1, 'float32', 1) as Tensor5D
  const dy = tf.randomNormal(shape, 0, 1, 'float32', 2) as Tensor5D
  const filter = tf.randomNormal([3, 3, 3, channels, channels], 0, 1, 'float32', 3) as Tensor5D
  const run = (kernel: string, inputs: Record<string, tf.Tensor>, attrs: Record<string, unknown>) =>
    best(runs, () => tf.engine().runKernel(kernel, inputs, { strides: 1, pad: 'same', ...attrs } as never) as tf.Tensor)
  const forward = run('Conv3D', { x, filter }, { dataFormat: 'NDHWC', dilations: 1 })
  const inputGradient = run('Conv3DBackpropInputV2', { dy, filter }, { inputShape: shape })
  const filterGradient = run('Conv3DBackpropFilterV2', { x, dy }, { filterShape: filter.shape })
  tf.dispose([x, dy, filter])
  const speed = (seconds: number) => round(work / seconds)
  return {
    forward: speed(forward),
    inputGradient: speed(inputGradient),
    filterGradient: speed(filterGradient),
    together: round((3 * work) / (forward + inputGradient + filterGradient)),
  }
}

/** Seconds. */
function best(runs: number, f: () => tf.Tensor): number {
  let least = Infinity
  for (let i = 0; i < runs; i++) {
    const started = performance.now()
    const result = f()
    result.dataSync()
    const seconds = (performance.now() - started) / 1000
    result.dispose()
    least = Math.min(least, seconds)
  }
  return least
}

const round = (value: number) => Number(value.toPrecision(3))
