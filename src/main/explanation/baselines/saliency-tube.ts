import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import type { Baseline } from './baseline'
import { heatAnswer } from './heat-tube'
import { lastMapHeat } from './last-map-heat'
import type { ModelTarget } from './model-target'

/**
 * Saliency tubes (Stergiou et al. 2019): the last feature map weighted by the class's own weights. Behind a global mean
 * and one layer these are the gradient itself, which stands for them behind other heads.
 */
export function saliencyTube(of: ModelTarget): Baseline {
  return async (question) => {
    const heat = await lastMapHeat(question, of(question), product)
    return heat && heatAnswer(heat, question)
  }
}

function product(map: Tensor5D, gradient: Tensor5D): Tensor {
  return tf.sum(tf.mul(map, gradient), [0, 4])
}
