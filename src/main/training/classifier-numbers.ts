import type { Run } from '@shared/contract/learning'

export interface ClassifierNumbers {
  testAccuracy: number
  testConfidence: number
}

/** Below these the numbers of explanations say little (docs/evaluation.md). */
const leastAccuracy = 0.97
const leastConfidence = 0.95

/** How good the classifier is that the explanations speak of. */
export function classifierNumbers({ headline }: Pick<Run, 'headline'>): ClassifierNumbers {
  const { testAccuracy = 0, testConfidence = 0 } = headline
  return { testAccuracy, testConfidence }
}

/** Why numbers of explanations of such a classifier say little; nothing where they are fine. */
export function classifierWarnings({ testAccuracy, testConfidence }: ClassifierNumbers): string[] {
  const warnings = [
    testAccuracy < leastAccuracy &&
      `The classifier is right on ${(100 * testAccuracy).toFixed(1)} % of the test clips only; read the numbers with care.`,
    testConfidence < leastConfidence &&
      `Its mean confidence is ${testConfidence.toFixed(2)}: it was trained too briefly.`,
  ]
  return warnings.filter((warning) => warning !== false)
}
