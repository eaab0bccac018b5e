import type { Baseline } from './baseline'
import { gradCamOf } from './grad-cam'

/** Grad-CAM in 3-D on the difference of A's logit and B's: the plainest contrast. */
export const gradCamDifference: Baseline = (question) => gradCamOf(question, 'difference')
