import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { responseOf } from '@main/learning/explainer/presence/tube-reading'
import type { Cell } from '@main/learning/search/score-map'

/**
 * The word that is surest seen on a tube, with its log odds without the class prior, which knows nothing of places.
 * @param words attributes that may be named; all when left out
 * @returns null without a presence head
 */
export function wordAt(
  model: ExplainerModel,
  { prepared, words, cells }: { prepared: readonly Float32Array[]; words?: readonly number[]; cells: readonly Cell[] },
): { attribute: number; odds: number } | null {
  if (!model.presence) return null
  const { words: kernels, bias } = model.presence
  let best: { attribute: number; odds: number } | null = null
  for (const attribute of words ?? Array.from({ length: model.attributes }, (_, s) => s)) {
    const odds = (bias[attribute] ?? 0) + responseOf(model, prepared, { words: kernels, attribute, cells })
    if (!best || odds > best.odds) best = { attribute, odds }
  }
  return best
}
