import { randomTube as drawTube } from '@main/explanation/random-tube'
import { regionOf } from '@main/explanation/region'
import type { Baseline } from './baseline'

/** A tube of the same shape and length anywhere it fits, and a random attribute. */
export const randomTube: Baseline = ({ model, evidence, search, size, stream, guess }) => ({
  attribute: guess(),
  region: regionOf(model, drawTube(model, evidence.tube.cells, search.movement, stream), size),
})
