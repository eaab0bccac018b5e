import { EvaluationConfig } from '@shared/config/evaluation'

/** Pairs measured: remove-1 pairs of 160 test clips make 240 (docs/evaluation.md, T1). */
const mostPairs = 240

/** Settings of the tour's measurement; `seed` draws its random tubes. */
export function tourEvaluation(seed: number): EvaluationConfig {
  return EvaluationConfig.parse({ pairs: 'remove1', maxPairs: mostPairs, seed })
}
