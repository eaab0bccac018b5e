import type { BaselineName } from '@shared/config/evaluation'
import { actorTube } from './actor-tube'
import type { Baseline } from './baseline'
import { centreCrop } from './centre-crop'
import { gradCam } from './grad-cam'
import { gradientInput } from './gradient-input'
import { logitDifference, logitOfA } from './model-target'
import { occlusion } from './occlusion'
import { positiveOnly } from './positive-only'
import { randomTube } from './random-tube'
import { saliencyTube } from './saliency-tube'
import { trueTube } from './true-tube'

/** Those that need the layers behind the feature map, which are not known of a model that was brought in. */
export const needHead: readonly BaselineName[] = ['gradCam', 'gradCamDifference', 'saliencyTube', 'saliencyDifference']

/** Every baseline by its name in an evaluation's settings. A new one is a file beside these and a line here. */
export const baselines: Record<BaselineName, Baseline> = {
  randomTube,
  trueTube,
  centreCrop,
  actorTube,
  gradCam: gradCam(logitOfA),
  gradCamDifference: gradCam(logitDifference),
  saliencyTube: saliencyTube(logitOfA),
  saliencyDifference: saliencyTube(logitDifference),
  gradientInput: gradientInput(logitOfA),
  occlusion,
  positiveOnly,
}
