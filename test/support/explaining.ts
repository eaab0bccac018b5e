import { newExplainer, type ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { TapGeometry } from '@main/learning/target/target-classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { aTap } from './a-tap'

export { aTap }

/** An explainer with small random weights. */
export function anExplainer(more: Partial<TapGeometry> = {}, featurePooling: 1 | 2 = 1): ExplainerModel {
  const shape = { taps: [aTap(more)], frames: 3, classes: 3, attributes: 2 }
  return newExplainer(shape, ExplainerConfig.parse({ featurePooling }), [])
}
