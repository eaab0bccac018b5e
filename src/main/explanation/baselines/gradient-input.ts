import * as tf from '@tensorflow/tfjs'
import { readValues } from '@main/learning/read-values'
import type { Baseline } from './baseline'
import { heatAnswer } from './heat-tube'
import type { ModelTarget } from './model-target'
import { toCells } from './to-cells'

/** Gradient x input (Shrikumar et al. 2016), its magnitude summed over channels and over each cell. */
export function gradientInput(of: ModelTarget): Baseline {
  return async (question) => {
    const { target, model, input } = question
    const { frames, height, width } = target
    const gradient = await target.inputGradient?.(input, of(question))
    if (!gradient) return null
    const shape: [number, number, number, number] = [frames, height, width, 3]
    const heat = readValues(() => tf.sum(tf.abs(tf.mul(tf.tensor4d(input, shape), tf.tensor4d(gradient, shape))), 3))
    const cells = toCells(heat, { frames, rows: height, cols: width }, model.grids[0])
    return cells && heatAnswer(cells, question)
  }
}
