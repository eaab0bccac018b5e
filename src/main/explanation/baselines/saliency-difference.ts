import type { Baseline } from './baseline'
import { saliencyOf } from './saliency-tube'

/** Saliency tubes of A minus those of B. */
export const saliencyDifference: Baseline = (question) => saliencyOf(question, 'difference')
