import fc from 'fast-check'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import { deltaMaps, eachPair } from '@main/learning/explainer/delta-maps'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import { aTap } from '../../../../support/explaining'
import { plainMaps, plainTube } from '../../../../support/plain-explaining'

/** Models of one to three taps, each of its own size, with weights and features that are whole numbers. */
const questions = fc
  .record({
    frames: fc.integer({ min: 1, max: 4 }),
    taps: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 3,
    }),
    channels: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ frames, taps, channels, seed }) => {
    const shape = {
      taps: taps.map(([rows, cols]) => aTap({ rows, cols, channels })),
      frames,
      classes: 3,
      attributes: 2,
    }
    const model = newExplainer(shape, ExplainerConfig.parse({}), [])
    const stream = random(seed)
    const draw = (list: Float32Array) => list.forEach((_, i) => (list[i] = stream.int(5) - 2))
    for (const { classes, attributes } of model.weights) [classes, attributes].forEach(draw)
    const features = model.grids.map(({ rows, cols }) => new Float32Array(frames * rows * cols * channels))
    features.forEach(draw)
    return { model, features }
  })

const pairs = [0, 1].flatMap((attribute) => [1, 2].map((neg) => ({ pos: 0, neg, attribute })))

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('from products to maps', () => {
  test('the maps are those of full convolutions, and the mean is theirs', () => {
    fc.assert(
      fc.property(questions, ({ model, features }) => {
        eachPair(model, features, pairs, ({ maps, mean }, p) => {
          const expected = plainMaps(model, features, pairs[p]!)
          expect(maps.map(({ grid, tap, shape }) => ({ grid, tap, shape }))).toEqual(
            expected.map(({ grid, tap, shape }) => ({ grid, tap, shape })),
          )
          const all = expected.flatMap(({ values }) => [...values])
          maps.flatMap(({ values }) => [...values]).forEach((value, i) => expect(value).toBeCloseTo(all[i]!, 4))
          expect(mean).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 4)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('a search in them finds what the plain search finds in copies', () => {
    fc.assert(
      fc.property(questions, ({ model, features }) => {
        const copies = deltaMaps(model, features, pairs)
        eachPair(model, features, pairs, ({ maps }, p) => {
          for (const sign of [1, -1] as const) {
            const found = bestTube(maps, sign, { movement: 1, link: 'fixed' }, model.space)
            const expected = plainTube(copies[p]!, sign, 1)
            expect(found.cells).toEqual(expected.cells)
            expect(Math.abs(found.score - expected.score)).toBe(0)
          }
        })
      }),
      { numRuns: 100 },
    )
  })

  test('a pair has the same maps alone as among many that are multiplied in several parts', () => {
    const model = newExplainer(
      { taps: [aTap({ rows: 30, cols: 30, channels: 1 })], frames: 16, classes: 3, attributes: 2 },
      ExplainerConfig.parse({}),
      [],
    )
    const stream = random(4)
    const features = [Float32Array.from({ length: 16 * 900 }, () => stream.normal())]
    const many = [...pairs, ...pairs, ...pairs]
    const found = deltaMaps(model, features, many)
    expect(found).toHaveLength(many.length)
    many.forEach((pair, p) => expect(found[p]).toEqual(deltaMaps(model, features, [pair])[0]))
  })

  test('nothing stays on the engine, even where a visitor throws', () => {
    const { model, features } = fc.sample(questions, 1)[0]!
    const before = tf.memory().numTensors
    deltaMaps(model, features, pairs)
    const stop = () => {
      throw new Error('enough')
    }
    expect(() => eachPair(model, features, pairs, stop)).toThrow('enough')
    expect(tf.memory().numTensors).toBe(before)
  })
})
