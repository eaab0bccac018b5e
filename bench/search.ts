import * as tf from '@tensorflow/tfjs'
import { openEngine } from '@main/learning/engine/open-engine'
import { random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import { maxTubeDense, minTubeDense } from '../test/support/dense-layer'
import { shapes } from '@main/learning/search/shapes'
import { cellCount, type ScoreMap } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import { anExplanation } from './support/an-explanation'
import { medianMs, rounded } from './support/measure'

const size = { attributes: 40, taps: 2, frames: 16, rows: 14, cols: 14 }
const search = { movement: 1, link: 'fixed' } as const

/**
 * Maximal and minimal tube of all 40 attributes for one pair at 14x14x16, two scales, four shapes: on typed arrays with
 * back-pointers, on one core, beside the same by the dense layer (sum, ReLU, 2-D max pooling) in the same run.
 */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const engine = await openEngine()
  const maps = someMaps()
  const space = new SearchSpace()
  const sparse = () =>
    maps.map((own) => [bestTube(own, 1, search, space).score, bestTube(own, -1, search, space).score])
  const onePairMs = medianMs(30, sparse)
  say(`sparse: ${onePairMs.toFixed(1)} ms`)
  const maxOnlyMs = medianMs(30, () => maps.map((own) => bestTube(own, 1, search, space).score))
  const tensors = maps.map((own) =>
    own.map(({ values, grid }) => tf.tensor3d(values, [grid.frames, grid.rows, grid.cols])),
  )
  const dense = () =>
    tensors.map((own) =>
      tf.tidy(() => [
        Math.max(...own.map((map) => maxTubeDense(map, 1).dataSync()[0] ?? 0)),
        Math.min(...own.map((map) => minTubeDense(map, 1).dataSync()[0] ?? 0)),
      ]),
    )
  const denseMs = medianMs(3, dense)
  say(`dense layer: ${denseMs.toFixed(1)} ms`)
  const [ours, theirs] = [sparse().flat(), dense().flat()]
  const largestDifference = Math.max(...ours.map((value, i) => Math.abs(value - (theirs[i] ?? NaN))))
  tf.dispose(tensors)
  const { model, prepared, ask } = anExplanation()
  const explainCachedMs = medianMs(10, () => ask(prepared, 0, 1))
  const channels = model.grids.map((grid) => grid.channels)
  say(`explaining with features at hand, ${channels.join(' + ')} channels: ${explainCachedMs.toFixed(1)} ms`)
  return {
    ...{ engine, size, channels, onePairMs: rounded(onePairMs), maxOnlyMs: rounded(maxOnlyMs) },
    ...{ denseMs: rounded(denseMs), denseOverSparse: rounded(denseMs / onePairMs), largestDifference },
    explainCachedMs: rounded(explainCachedMs),
  }
}

function someMaps(): ScoreMap[][] {
  const stream = random(1)
  const { frames, rows, cols } = size
  return Array.from({ length: size.attributes }, () =>
    Array.from({ length: size.taps * shapes.length }, (_, i) => {
      const grid = { frames, rows, cols }
      const values = Float32Array.from({ length: cellCount(grid) }, () => stream.normal())
      return { grid, values, offset: 0, tap: Math.floor(i / shapes.length), shape: i % shapes.length }
    }),
  )
}
