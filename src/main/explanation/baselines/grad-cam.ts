import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import type { LogitChoice } from '@main/learning/target/target-classifier'
import type { Baseline, BaselineQuestion } from './baseline'
import { heatAnswer } from './heat-tube'
import { lastMapHeat } from './last-map-heat'
import type { ModelTarget } from './model-target'

/** Grad-CAM in 3-D (Selvaraju et al. 2017): channels weighted by the mean gradient of what is asked for, then ReLU. */
export function gradCam(of: ModelTarget): Baseline {
  return async (question) => {
    const heat = await gradCamHeat(question, of(question))
    return heat && heatAnswer(heat, question)
  }
}

/** The heat itself, one value per cell of tap 0; null where the layers behind the feature map are not known. */
export function gradCamHeat(
  question: Pick<BaselineQuestion, 'target' | 'model' | 'input'>,
  of: LogitChoice,
): Promise<Float32Array | null> {
  return lastMapHeat(question, of, weighted)
}

function weighted(map: Tensor5D, gradient: Tensor5D): Tensor {
  const weights = tf.mean(gradient, [0, 1, 2, 3])
  return tf.relu(tf.sum(tf.mul(map, weights), [0, 4]))
}
