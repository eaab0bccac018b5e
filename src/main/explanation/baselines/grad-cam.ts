import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import type { Baseline, BaselineQuestion } from './baseline'
import { heatTube } from './heat-tube'
import { lastMapHeat, type Of } from './last-map-heat'

/** Grad-CAM in 3-D (Selvaraju et al. 2017): channels weighted by the mean gradient of A's logit, then ReLU. */
export const gradCam: Baseline = (question) => gradCamOf(question, 'pos')

export async function gradCamOf(question: BaselineQuestion, of: Of) {
  const heat = await lastMapHeat(question, of, weighted)
  const region = heat && heatTube(heat, question)
  return region && { attribute: question.guess(), region }
}

function weighted(map: Tensor5D, gradient: Tensor5D): Tensor {
  const weights = tf.mean(gradient, [0, 1, 2, 3])
  return tf.relu(tf.sum(tf.mul(map, weights), [0, 4]))
}
