import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import type { Baseline } from './baseline'
import { heatTube } from './heat-tube'
import { lastMapHeat } from './last-map-heat'
import type { ModelTarget } from './model-target'

/** Grad-CAM in 3-D (Selvaraju et al. 2017): channels weighted by the mean gradient of what is asked for, then ReLU. */
export function gradCam(of: ModelTarget): Baseline {
  return async (question) => {
    const heat = await lastMapHeat(question, of(question), weighted)
    const region = heat && heatTube(heat, question)
    return region && { attribute: question.guess(), region }
  }
}

function weighted(map: Tensor5D, gradient: Tensor5D): Tensor {
  const weights = tf.mean(gradient, [0, 1, 2, 3])
  return tf.relu(tf.sum(tf.mul(map, weights), [0, 4]))
}
