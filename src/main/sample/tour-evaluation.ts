import { EvaluationConfig } from '@shared/config/evaluation'

/** Pairs measured: remove-1 pairs of 160 test clips make 240 (docs/evaluation.md, T1). */
const mostPairs = 240

/** Questions of every kind that are drawn, two in five of them with nothing for an answer. */
const mostOfAll = 480

/** Settings of the tour's measurement; `seed` draws its random tubes. */
export function tourEvaluation(seed: number): EvaluationConfig {
  return EvaluationConfig.parse({ pairs: 'remove1', maxPairs: mostPairs, seed })
}

/** Every kind of question: what the same model reaches where classes differ in more than one thing, or in nothing that A has. */
export function allPairsEvaluation(seed: number): EvaluationConfig {
  const baselines: EvaluationConfig['baselines'] = ['randomTube', 'gradCamDifference']
  return EvaluationConfig.parse({ pairs: 'all', maxPairs: mostOfAll, baselines, seed })
}
