/** Test accuracy and mean confidence of a classifier below which numbers of explanations say little (docs/evaluation.md). */
export const enough = { accuracy: 0.97, confidence: 0.95 } as const
