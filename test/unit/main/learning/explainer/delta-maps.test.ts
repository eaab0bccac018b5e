import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import { deltaMaps } from '@main/learning/explainer/delta-maps'
import { type ExplainerModel, newExplainer } from '@main/learning/explainer/explainer-model'
import { boundsAt, softplus } from '@main/learning/explainer/loss'
import { cellWeights } from '@main/learning/explainer/shape-kernels'
import { positivesOf, trainExplainer } from '@main/learning/explainer/train-explainer'
import { addGradient, meanFeatures, scoreOf, tubeFeatures } from '@main/learning/explainer/tube-features'
import { random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import type { TapGeometry } from '@main/learning/target/target-classifier'

const search = { movement: 1, link: 'fixed' } as const

function tap(rows: number, cols: number, channels: number): TapGeometry {
  return {
    name: 'tap',
    rows,
    cols,
    channels,
    strideX: 8,
    strideY: 8,
    offsetX: 0,
    offsetY: 0,
    receptiveField: { space: 9, time: 3 },
  }
}

/** A model with weights that are far from small, and features like those after a ReLU. */
function aModel({ taps = [tap(3, 4, 2)], frames = 3, classes = 3, attributes = 2, seed = 1 } = {}) {
  const shape = { taps, frames, classes, attributes }
  const model = newExplainer(shape, ExplainerConfig.parse({ seed }), [])
  const stream = random(seed, 7)
  for (const { classes: c, attributes: s } of model.weights)
    for (const list of [c, s]) list.forEach((_, i) => (list[i] = stream.normal()))
  const maps = taps.map(({ rows, cols, channels }) =>
    Float32Array.from({ length: frames * rows * cols * channels }, () => Math.max(0, stream.normal())),
  )
  return { model, maps }
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('score maps', () => {
  test('four groups of kernel cells and their mix equal four full convolutions with w_cs = w_c w_s + w_c + w_s', () => {
    const { model, maps } = aModel()
    const [pos, neg, attribute] = [2, 0, 1]
    const found = deltaMaps(model, maps, [{ pos, neg, attribute }])[0]!
    const { classes, attributes } = model.weights[0]!
    const kernel = (c: number, k: number, x: number) => {
      const wc = classes[(c * 9 + k) * 2 + x]!
      const ws = attributes[(attribute * 9 + k) * 2 + x]!
      return wc * ws + wc + ws
    }
    const h = tf.tensor4d(maps[0]!, [3, 3, 4, 2])
    for (const [shape, weights] of cellWeights.entries()) {
      const filter = tf.tensor4d(
        Array.from({ length: 9 }, (_, k) =>
          [0, 1].map((x) => weights[k]! * (kernel(pos, k, x) - kernel(neg, k, x))),
        ).flat(),
        [3, 3, 2, 1],
      )
      const expected = tf.conv2d(h, filter, 1, 'same').dataSync()
      const map = found.find((m) => m.shape === shape)!
      expected.forEach((value, i) => expect(map.values[map.offset + i]).toBeCloseTo(value, 4))
    }
  })

  test("each shape's weights sum to 1", () => {
    for (const weights of cellWeights) expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6)
  })
})

describe('the sparse gradient', () => {
  test("pooled features of a tube give the tube's score", () => {
    const { model, maps } = aModel({ taps: [tap(3, 4, 2), tap(3, 4, 3)] })
    const pair = { pos: 1, neg: 2, attribute: 0 }
    for (const sign of [1, -1] as const) {
      const tube = bestTube(deltaMaps(model, maps, [pair])[0]!, sign, search)
      expect(scoreOf(model, tubeFeatures(model, maps, tube.cells), pair)).toBeCloseTo(tube.score, 3)
    }
  })

  test('equals finite differences of softplus(-min over tubes) in every weight', () => {
    const { model, maps } = aModel()
    const pair = { pos: 1, neg: 2, attribute: 0 }
    const loss = () => softplus(-bestTube(deltaMaps(model, maps, [pair])[0]!, -1, search).score)
    const gradients = model.weights.map(({ classes, attributes }) => ({
      classes: new Float32Array(classes.length),
      attributes: new Float32Array(attributes.length),
    }))
    const tube = bestTube(deltaMaps(model, maps, [pair])[0]!, -1, search)
    addGradient(model, gradients, tubeFeatures(model, maps, tube.cells), {
      pair,
      factor: -1 / (1 + Math.exp(tube.score)),
    })
    const check = (weights: Float32Array, gradient: Float32Array, i: number) => {
      const [kept, step] = [weights[i]!, 1e-3]
      weights[i] = kept + step
      const above = loss()
      weights[i] = kept - step
      const below = loss()
      weights[i] = kept
      expect(gradient[i]).toBeCloseTo((above - below) / (2 * step), 1)
    }
    const { classes, attributes } = model.weights[0]!
    for (let i = 0; i < classes.length; i += 5) check(classes, gradients[0]!.classes, i)
    for (let i = 0; i < attributes.length; i += 3) check(attributes, gradients[0]!.attributes, i)
  })

  test('the mean objective pools to the mean of all maps', () => {
    const { model, maps } = aModel()
    const pair = { pos: 0, neg: 1, attribute: 1 }
    const all = deltaMaps(model, maps, [pair])[0]!.flatMap(({ values, offset }) => [
      ...values.subarray(offset, offset + 36),
    ])
    expect(scoreOf(model, meanFeatures(model, maps), pair)).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 4)
  })
})

describe('the loss', () => {
  test('starts at (|C| - 1) ln 2 when no kernel says anything', async () => {
    const classes = 16
    const points: number[] = []
    const dead = new Float32Array(3 * 3 * 4 * 2)
    await trainExplainer({
      config: ExplainerConfig.parse({ steps: 1, batch: 4 }),
      shape: { taps: [tap(3, 4, 2)], frames: 3, classes, attributes: 2 },
      features: {
        count: 4,
        get: async () => ({ maps: [dead], probabilities: new Float32Array(classes).fill(1 / classes) }),
      },
      label: () => 0,
      assigned: () => [0, 1],
      onMetrics: ({ values }) => points.push(values.loss!),
    })
    expect(points[0]).toBeCloseTo(15 * Math.LN2, 6)
    expect(15 * Math.LN2).toBeCloseTo(10.397, 3)
  })

  test('the one-vs-each bound never exceeds the exact value', () => {
    for (let seed = 1; seed < 12; seed++) {
      const { model, maps } = aModel({ seed, classes: 5 })
      const { exact, bound } = boundsAt(model, maps, { pos: 0, attribute: 1, search })
      expect(exact).toBeLessThanOrEqual(0)
      expect(bound).toBeLessThanOrEqual(exact + 1e-6)
    }
  })
})

describe('training', () => {
  /** Attribute 0 marks class 0 in cell (0, 0); class 1 has nothing there. */
  function toy() {
    const classes = 2
    const features = Array.from({ length: 12 }, (_, i) => {
      const map = new Float32Array(3 * 3 * 3 * 2)
      for (let t = 0; t < 3; t++) map[t * 18 + (i % 2 === 0 ? 0 : 16)] = 1
      return { maps: [map], probabilities: Float32Array.of(i % 2 === 0 ? 1 : 0, i % 2 === 0 ? 0 : 1) }
    })
    return {
      shape: { taps: [tap(3, 3, 2)], frames: 3, classes, attributes: 2 },
      features: { count: features.length, get: async (i: number) => features[i]! },
      label: (i: number) => i % 2,
      assigned: (i: number) => [i % 2],
    }
  }

  test('the same seed gives the same weights, another seed others', async () => {
    const weights = async (seed: number) => [
      ...(await trainExplainer({ ...toy(), config: ExplainerConfig.parse({ steps: 12, batch: 4, seed }) })).model
        .weights[0]!.classes,
    ]
    expect(await weights(3)).toEqual(await weights(3))
    expect(await weights(3)).not.toEqual(await weights(4))
  })

  test('a label counts in the loss of the kernels as much as it is sure', async () => {
    const config = ExplainerConfig.parse({ steps: 8, batch: 4, weightDecay: 0, presence: false })
    const settings = { ...toy(), config, assigned: () => [0, 1] }
    const train = async (sure?: (i: number, s: number) => number) => {
      const losses: number[] = []
      const onMetrics = ({ values }: { values: Record<string, number> }) => losses.push(values.loss!)
      const { model } = await trainExplainer({ ...settings, ...(sure && { sure }), onMetrics })
      const { attributes } = model.weights[0]!
      return { first: losses[0]!, words: [attributes.slice(0, 18), attributes.slice(18)] }
    }
    const plain = await train()
    expect(await train(() => 1)).toEqual(plain)
    expect((await train(() => 0.5)).first).toBeCloseTo(plain.first / 2, 6)
    const untrained = newExplainer(settings.shape, config, [Float32Array.of(1, 1)]).weights[0]!.attributes
    const oneSure = await train((_, s) => 1 - s)
    expect(oneSure.words[1]).toEqual(untrained.slice(18))
    expect(oneSure.words[0]).not.toEqual(untrained.slice(0, 18))
    expect(plain.words[1]).not.toEqual(untrained.slice(18))
  })

  test('presence leaves the kernels as they are, and can be left out', async () => {
    const settings = { steps: 6, batch: 4 }
    const having = await trainExplainer({ ...toy(), config: ExplainerConfig.parse(settings) })
    const lacking = await trainExplainer({ ...toy(), config: ExplainerConfig.parse({ ...settings, presence: false }) })
    expect(having.model.weights).toEqual(lacking.model.weights)
    expect(having.presence).toMatchObject({ clips: 12, cells: 9 })
    expect(lacking.model.presence).toBeNull()
  })

  test('a run that was stopped while presence was learned goes on after its kernels', async () => {
    const config = ExplainerConfig.parse({ steps: 6, batch: 4 })
    const stop = new AbortController()
    let kept: ExplainerModel | undefined
    const stopped = trainExplainer({
      ...toy(),
      config,
      signal: stop.signal,
      onTrained: (model) => (kept = model),
      onPresence: () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' })
    let steps = 0
    const resumed = await trainExplainer({ ...toy(), config, trained: kept, onProgress: () => steps++ })
    expect(steps).toBe(0)
    const whole = await trainExplainer({ ...toy(), config })
    expect(resumed.model.presence).toEqual(whole.model.presence)
    expect(resumed.model.weights).toEqual(whole.model.weights)
  })

  test('clips without attributes are passed over and counted; none at all is refused', async () => {
    const config = ExplainerConfig.parse({ steps: 1, batch: 2 })
    const some = await trainExplainer({ ...toy(), config, assigned: (i) => (i < 4 ? [0] : []) })
    expect(some.skipped).toBe(8)
    await expect(trainExplainer({ ...toy(), config, assigned: () => [] })).rejects.toMatchObject({
      code: 'NO_ATTRIBUTES',
    })
  })

  test('a loss beyond all hope stops the run while it is still a number', async () => {
    const usual = toy()
    const get = async (i: number) => {
      const { maps, probabilities } = await usual.features.get(i)
      return { maps: maps.map((map) => map.map((value) => value * 1e5)), probabilities }
    }
    const losses: number[] = []
    const training = trainExplainer({
      ...usual,
      features: { count: 12, get },
      config: ExplainerConfig.parse({ steps: 20, batch: 6, featureScale: 'none', optimizer: 'sgd', learningRate: 10 }),
      onMetrics: ({ values }) => losses.push(values.loss!),
    })
    await expect(training).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' })
    expect(losses.every(Number.isFinite)).toBe(true)
  })

  test('a loss that is no number stops the run with its step', async () => {
    const broken = toy()
    const get = async () => ({ maps: [new Float32Array(54).fill(Number.NaN)], probabilities: Float32Array.of(1, 0) })
    await expect(
      trainExplainer({
        ...broken,
        features: { count: 12, get },
        config: ExplainerConfig.parse({ steps: 3, batch: 2, featureScale: 'none' }),
      }),
    ).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' })
  })

  test('stopping on request ends between two clips', async () => {
    const signal = AbortSignal.abort()
    await expect(
      trainExplainer({ ...toy(), signal, config: ExplainerConfig.parse({ steps: 3 }) }),
    ).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})

describe('the class A of a clip', () => {
  const probabilities = Float32Array.of(0.1, 0.6, 0.3)
  const settings = (posSampling: ExplainerConfig['posSampling'], posTop = 3) => ({ posSampling, posTop })
  const about = () => ({ label: 2, stream: random(1) })

  test('is the label, the prediction, or each of the likeliest with its weight', () => {
    expect(positivesOf(settings('label'), probabilities, about())).toEqual([{ pos: 2, share: 1 }])
    expect(positivesOf(settings('argmax'), probabilities, about())).toEqual([{ pos: 1, share: 1 }])
    const two = positivesOf(settings('enumerate', 2), probabilities, about())
    expect(two.map(({ pos }) => pos)).toEqual([1, 2])
    expect(two[0]!.share).toBeCloseTo(2 / 3, 6)
    expect(two[0]!.share + two[1]!.share).toBeCloseTo(1, 9)
  })

  test('is drawn as often as the model believes in it', () => {
    const stream = random(9)
    const counts = [0, 0, 0]
    for (let i = 0; i < 4000; i++)
      counts[positivesOf(settings('model'), probabilities, { label: 0, stream })[0]!.pos]!++
    counts.forEach((count, c) => expect(count / 4000).toBeCloseTo(probabilities[c]!, 1))
  })
})
