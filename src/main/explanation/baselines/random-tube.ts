import { randomTube as drawTube } from '@main/explanation/random-tube'
import type { Baseline } from './baseline'

/** The method's boxes as they lie in the clip, anywhere they fit, and a random attribute. */
export const randomTube: Baseline = ({ model, evidence, region, search, size, stream, guess }) => {
  const { strideX, strideY } = model.geometry(evidence.map.tap)
  const reach = { x: search.movement * strideX, y: search.movement * strideY }
  return { attribute: guess(), region: drawTube(region, size, { reach, stream }) }
}
