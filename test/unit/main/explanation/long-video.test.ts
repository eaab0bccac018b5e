import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { frameOwners, longEvidence, rankedLong } from '@main/explanation/long-video'
import { searchAttributes } from '@main/explanation/rank-attributes'
import { deltaMaps } from '@main/learning/explainer/delta-maps'
import { explainerOf } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import { anExplainer } from '../../../support/explaining'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const search = { movement: 1, link: 'fixed' } as const
const pair = { pos: 0, neg: 1, attribute: 1 }

describe('one search over a long video', () => {
  test('takes each frame from the window in whose middle it is nearest', () => {
    const owners = frameOwners([{ start: 0 }, { start: 2 }, { start: 4 }], 4)
    expect(owners.map(({ window, frame }) => `${window}:${frame}`)).toEqual([
      ...['0:0', '0:1', '0:2', '1:1', '1:2', '2:1', '2:2', '2:3'],
    ])
  })

  test('a gap between windows is refused', () => {
    expect(() => frameOwners([{ start: 0 }, { start: 5 }], 4)).toThrow('no window covers sampled frame 4')
  })

  test('of a single window is the search of a clip', () => {
    const model = anExplainer()
    const features = featuresFrom(model.frames, 4 * 4 * 2, 0)
    const clip = bestTube(deltaMaps(model, model.prepare(features), [pair])[0]!, 1, search)
    const found = longEvidence(model, [{ start: 0, features }], { pair, search })
    expect(found).toMatchObject({ tube: clip, score: clip.score, meanPerFrame: clip.score / clip.cells.length })
    const [whole] = searchAttributes(model, model.prepare(features), { ...pair, search, trim: false, attributes: [1] })
    expect(found.minScore).toBeCloseTo(whole!.minScore, 5)
    expect(found.mean).toBeCloseTo(whole!.mean, 5)
    expect(found.perFrame).toHaveLength(model.frames)
  })

  test('a tube runs on across windows, where features are per frame', () => {
    const model = anExplainer()
    const whole = featuresFrom(7, 4 * 4 * 2, 3).maps[0]!
    const windows = [0, 2, 4].map((start) => ({
      start,
      features: {
        maps: [whole.slice(start * 32, (start + 3) * 32)],
        probabilities: Float32Array.of(1, 0, 0),
      },
    }))
    const found = longEvidence(model, windows, { pair, search })
    const { taps, classes, attributes } = model
    const long = explainerOf(
      { taps, frames: 7, classes, attributes },
      { featurePooling: 1, nearTie: 0.25 },
      model.toWeights(),
    )
    const expected = bestTube(deltaMaps(long, [whole], [pair])[0]!, 1, search)
    expect(found.tube.cells).toEqual(expected.cells)
    expect(found.score).toBeCloseTo(expected.score, 5)
  })

  test('of equal scores the denser tube comes first', () => {
    const tubes = [
      { score: 4, meanPerFrame: 1 },
      { score: 4, meanPerFrame: 2 },
      { score: 5, meanPerFrame: 0.5 },
    ]
    expect(rankedLong(tubes).map(({ meanPerFrame }) => meanPerFrame)).toEqual([0.5, 2, 1])
  })
})

function featuresFrom(frames: number, perFrame: number, seed: number) {
  const stream = random(seed)
  const map = Float32Array.from({ length: frames * perFrame }, () => Math.max(0, stream.normal()))
  return { maps: [map], probabilities: Float32Array.of(1, 0, 0) }
}
