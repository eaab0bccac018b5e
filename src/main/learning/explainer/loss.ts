import type { ExplainerConfig } from '@shared/config/explainer'
import { bestTube } from '@main/learning/search/best-tube'
import { deltaMaps } from './delta-maps'
import type { ExplainerModel } from './explainer-model'
import { scoreOf, tubeFeatures } from './tube-features'

/** ln(1 + e^x) without overflow; -log sigmoid(z) = softplus(-z). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

/**
 * Two sides of the paper's bound at the inference tube R* of one attribute, against the strongest negative:
 * exact = log p(c|s,x,R*) = -log(1 + sum over negatives of e^-delta), bound = sum over negatives of log sigmoid(delta)
 * (one-vs-each). Both at most 0, bound <= exact.
 */
export function boundsAt(
  model: ExplainerModel,
  prepared: readonly Float32Array[],
  { pos, attribute, search }: { pos: number; attribute: number; search: Pick<ExplainerConfig, 'movement' | 'link'> },
): { exact: number; bound: number } {
  const negatives = Array.from({ length: model.classes }, (_, c) => c).filter((c) => c !== pos)
  const tubes = deltaMaps(
    model,
    prepared,
    negatives.map((neg) => ({ pos, neg, attribute })),
  ).map((maps) => bestTube(maps, 1, search, model.space))
  const strongest = tubes.reduce((a, b) => (b.score < a.score ? b : a))
  const pooled = tubeFeatures(model, prepared, strongest.cells)
  const scores = negatives.map((neg) => scoreOf(model, pooled, { pos, neg, attribute }))
  const largest = Math.max(0, ...scores.map((z) => -z))
  const total = Math.exp(-largest) + scores.reduce((sum, z) => sum + Math.exp(-z - largest), 0)
  return { exact: -(largest + Math.log(total)), bound: -scores.reduce((sum, z) => sum + softplus(-z), 0) }
}
