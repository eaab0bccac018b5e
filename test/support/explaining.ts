import { newExplainer, type ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { TapGeometry } from '@main/learning/target/target-classifier'
import { ExplainerConfig } from '@shared/config/explainer'

/** A tap of square cells of 8 pixels. */
export function aTap(more: Partial<TapGeometry> = {}): TapGeometry {
  return {
    ...{ name: 'tap', rows: 4, cols: 4, channels: 2, strideX: 8, strideY: 8, offsetX: 0, offsetY: 0 },
    receptiveField: { space: 9, time: 3 },
    ...more,
  }
}

/** An explainer with small random weights. */
export function anExplainer(more: Partial<TapGeometry> = {}, featurePooling: 1 | 2 = 1): ExplainerModel {
  const shape = { taps: [aTap(more)], frames: 3, classes: 3, attributes: 2 }
  return newExplainer(shape, ExplainerConfig.parse({ featurePooling }), [])
}
