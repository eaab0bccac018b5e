import { ExplainerConfig } from '@shared/config/explainer'
import type { MethodMetrics } from '@shared/contract/evaluation'
import { Failure } from '@shared/failures'
import { type ExplainerModel, newExplainer } from '@main/learning/explainer/explainer-model'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { estimatesOf, tallyChecks } from './counterfactual-checks'
import { evaluate, type EvaluationInput } from './evaluate'
import type { MethodName, OutcomeRow } from './outcome-row'
import { summarise } from './summary'

type Failing = Extract<MethodName, 'explainerRandomised' | 'networkRandomised' | 'otherClip'>

/**
 * The method where it must fail, and the checks of docs/evaluation.md: a column for each. Right attribute may stay high in
 * all of them, since much of it is read from the class pair; tube IoU and NCA must fall.
 * @param network the target's architecture with fresh weights; null where that is not known
 */
export async function sanityColumns(
  input: EvaluationInput,
  network: TargetClassifier | null,
): Promise<MethodMetrics[]> {
  const runs: [Failing, Partial<EvaluationInput>][] = [
    ['explainerRandomised', { explainer: randomisedExplainer(input.explainer, input.config.seed) }],
    ...(network ? [['networkRandomised', { target: network }] as [Failing, Partial<EvaluationInput>]] : []),
    ['otherClip', { otherFeatures: true }],
  ]
  const columns: MethodMetrics[] = []
  for (const [name, change] of runs) columns.push(...(await failingColumn(input, name, change)))
  const { seed } = input.config
  return [...columns, { method: 'checks', metrics: { ...estimatesOf(await tallyChecks(input), seed) } }]
}

async function failingColumn(input: EvaluationInput, name: Failing, change: Partial<EvaluationInput>) {
  // An untrained network is right by chance only, and is asked all the same.
  const config = { ...input.config, baselines: [], curves: false, onlyCorrect: false }
  const rename = (rows: readonly OutcomeRow[]) =>
    rows.filter(({ method, rank }) => method === 'method' && rank === 0).map((row) => ({ ...row, method: name }))
  const onRows = (rows: readonly OutcomeRow[]) => input.onRows?.(rename(rows))
  try {
    const { rows } = await evaluate({ ...input, ...change, config, onRows })
    return summarise(rename(rows), config)
  } catch (error) {
    // One clip alone has no other; pairs of a kind may be missing for what a fresh network says.
    if (error instanceof Failure && error.code === 'NOTHING_TO_EVALUATE') return []
    throw error
  }
}

/** An explainer like this one with fresh weights: what its training gave must go with them. */
export function randomisedExplainer(explainer: ExplainerModel, seed: number): ExplainerModel {
  const { taps, frames, classes, attributes, pooling } = explainer
  const scales = explainer.weights.map(({ scale }) => scale)
  const config = ExplainerConfig.parse({ seed: seed + 1000, featurePooling: pooling })
  return newExplainer({ taps, frames, classes, attributes }, config, scales)
}
