import { centredBoxes } from '@main/explanation/matched-area'
import type { Baseline } from './baseline'

/** The paper's baseline for Olympic Sports: the middle of the picture; random attribute. As large as the method's tube, frame by frame. */
export const centreCrop: Baseline = ({ region, size, guess }) => ({
  attribute: guess(),
  region: centredBoxes(region, size),
})
