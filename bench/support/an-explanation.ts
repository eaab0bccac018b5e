import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { type ExplainerModel, newExplainer } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { ExplainerConfig } from '@shared/config/explainer'

export interface AnExplanation {
  model: ExplainerModel
  prepared: Float32Array[]
  /** The whole answer to "why pos, not neg": score maps, both searches, the order. */
  ask: (prepared: readonly Float32Array[], pos: number, neg: number) => number
}

/** An explainer of the paper's size with random weights: 24 classes, 40 attributes, two taps of 14x14x16 cells. */
export function anExplanation({ channels = 512, classes = 24, attributes = 40 } = {}): AnExplanation {
  const taps = ['last', 'second to last'].map((name) => ({
    ...{ name, rows: 14, cols: 14, channels, strideX: 8, strideY: 8, offsetX: 0, offsetY: 0 },
    receptiveField: { space: 112, time: 16 },
  }))
  const model = newExplainer({ taps, frames: 16, classes, attributes }, ExplainerConfig.parse({}), [])
  const stream = random(2)
  const prepared = taps.map(() =>
    Float32Array.from({ length: 16 * 14 * 14 * channels }, () => Math.max(0, stream.normal())),
  )
  const search = { movement: 1, link: 'fixed' } as const
  const ask = (features: readonly Float32Array[], pos: number, neg: number) =>
    ranked(searchAttributes(model, features, { pos, neg, search, trim: false }), 'min', null)[0]?.attribute ?? 0
  return { model, prepared, ask }
}
