import { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { boxesAlong } from '@main/explanation/matched-area'
import { regionOf } from '@main/explanation/region'
import type { Baseline } from './baseline'

/** The trained model without the subtraction: kernels of A alone, so that B does not matter, but for the size of its tube. */
export const positiveOnly: Baseline = ({ model, prepared, pos, region, search, size, words }) => {
  const nobody = model.classes
  const { taps, frames, classes, attributes, pooling, space } = model
  const weights = model.weights.map((tap) => ({ ...tap, classes: withZeros(tap.classes, 9 * tap.scale.length) }))
  const alone = new ExplainerModel({ taps, frames, classes: classes + 1, attributes }, pooling, weights, { space })
  const [best] = ranked(
    searchAttributes(alone, prepared, { pos, neg: nobody, search, trim: false, attributes: words }),
    'min',
    null,
  )
  if (!best) return null
  const path = regionOf(model, best.tube.cells, size)
  return { attribute: best.attribute, region: boxesAlong(path, region, { size, weights: best.perFrame }) }
}

/** One more class, whose kernels are zero. */
function withZeros(classes: Float32Array, more: number): Float32Array {
  const longer = new Float32Array(classes.length + more)
  longer.set(classes)
  return longer
}
