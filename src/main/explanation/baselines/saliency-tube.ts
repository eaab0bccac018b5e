import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import type { Baseline, BaselineQuestion } from './baseline'
import { heatTube } from './heat-tube'
import { lastMapHeat, type Of } from './last-map-heat'

/**
 * Saliency tubes (Stergiou et al. 2019): the last feature map weighted by the class's own weights. Behind a global mean
 * and one layer these are the gradient itself, which stands for them behind other heads.
 */
export const saliencyTube: Baseline = (question) => saliencyOf(question, 'pos')

export async function saliencyOf(question: BaselineQuestion, of: Of) {
  const heat = await lastMapHeat(question, of, product)
  const region = heat && heatTube(heat, question)
  return region && { attribute: question.guess(), region }
}

function product(map: Tensor5D, gradient: Tensor5D): Tensor {
  return tf.sum(tf.mul(map, gradient), [0, 4])
}
