import { eachPair } from '@main/learning/explainer/delta-maps'
import { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { bestTube, type SearchOptions } from '@main/learning/search/best-tube'
import type { CellTube } from '@main/learning/search/score-map'

/**
 * The explainer with one attribute that is the mean of all: delta_m of a pair of classes whatever the word,
 * conv(h, (w_pos - w_neg) * (1 + mean of w_s)). Shares its class kernels and its memory of searches.
 */
export function contrastModel({ taps, frames, classes, attributes, pooling, weights, space }: ExplainerModel) {
  const shape = { taps, frames, classes, attributes: 1 }
  const ofPairs = weights.map((tap) => ({ ...tap, attributes: meanWord(tap.attributes, attributes) }))
  return new ExplainerModel(shape, pooling, ofPairs, { space })
}

function meanWord(words: Float32Array, count: number): Float32Array {
  const size = words.length / count
  return Float32Array.from({ length: size }, (_, x) => {
    let sum = 0
    for (let s = 0; s < count; s++) sum += words[s * size + x] as number
    return sum / count
  })
}

/** The maximal tube of pos against every other class, in rising order of them. @param model from `contrastModel` */
export function contrastTubes(
  model: ExplainerModel,
  prepared: readonly Float32Array[],
  { pos, search }: { pos: number; search: SearchOptions },
): CellTube[] {
  const pairs = Array.from({ length: model.classes }, (_, neg) => ({ pos, neg, attribute: 0 }))
  const tubes: CellTube[] = []
  eachPair(
    model,
    prepared,
    pairs.filter(({ neg }) => neg !== pos),
    ({ maps }) => tubes.push(bestTube(maps, 1, search, model.space)),
  )
  return tubes
}
