import type { Run } from '@shared/contract/learning'
import { enough } from '@shared/enough'

/** null where there was no test video to measure on. */
export interface ClassifierNumbers {
  testAccuracy: number | null
  testConfidence: number | null
}

/** How good the classifier is that the explanations speak of. */
export function classifierNumbers({ headline }: Pick<Run, 'headline'>): ClassifierNumbers {
  const { testAccuracy = null, testConfidence = null } = headline
  return { testAccuracy, testConfidence }
}

/** Why numbers of explanations of such a classifier say little; nothing where they are fine. */
export function classifierWarnings({ testAccuracy, testConfidence }: ClassifierNumbers): string[] {
  if (testAccuracy === null || testConfidence === null)
    return ['There was no test video to measure the classifier on; read the numbers with care.']
  const warnings = [
    testAccuracy < enough.accuracy &&
      `The classifier is right on ${(100 * testAccuracy).toFixed(1)} % of the test clips only; read the numbers with care.`,
    testConfidence < enough.confidence &&
      `Its mean confidence is ${testConfidence.toFixed(2)}: it was trained too briefly.`,
  ]
  return warnings.filter((warning) => warning !== false)
}
