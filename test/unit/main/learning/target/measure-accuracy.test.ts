import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import type { ClipSource } from '@main/learning/clip-source'
import { classProbabilities, measureAccuracy } from '@main/learning/target/measure-accuracy'
import type { TargetClassifier } from '@main/learning/target/target-classifier'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** Reads the probability of class 1 off the first pixel. */
const model: TargetClassifier = {
  ...{ frames: 1, height: 1, width: 1, classes: 2, taps: [], capabilities: { gradient: false, head: false } },
  inputOf: (pixels) => Float32Array.from(pixels),
  features: async (clips) => ({ logits: await model.predict(clips), maps: [] }),
  predict: async (clips) => {
    const logits = clips.flatMap(([first = 0]) => [1 - first / 100, first / 100].map(Math.log))
    return { values: Float32Array.from(logits), shape: [clips.length, 2] }
  },
  dispose: () => undefined,
}

const windows = [
  [90, 50],
  [20, 10],
  [60, 80],
]
const labels = [1, 0, 0]
const source: ClipSource = {
  ...{ count: 3, classes: 2, attributes: 0 },
  label: (i) => labels[i]!,
  assigned: () => [],
  read: async (indices, draw) => {
    const window = draw.kind === 'window' ? draw.index : 0
    return { pixels: Uint8Array.from(indices.flatMap((i) => [windows[i]![window]!, 0, 0])), count: indices.length }
  },
}

test('probabilities are averaged over the windows of a video', async () => {
  const before = tf.memory().numTensors
  const probabilities = await classProbabilities(model, source, { windows: 2, batch: 2 })
  expect(probabilities.map((p) => p[1]!.toFixed(3))).toEqual(['0.700', '0.150', '0.700'])
  expect(tf.memory().numTensors).toBe(before)
})

test('accuracy counts videos, confidence is the mean probability of what was predicted', async () => {
  const { accuracy, confidence } = await measureAccuracy(model, source, { windows: 2, batch: 5 })
  expect(accuracy).toBeCloseTo(2 / 3)
  expect(confidence).toBeCloseTo((0.7 + 0.85 + 0.7) / 3)
})

test('a source without videos has accuracy 0, not NaN', async () => {
  expect(await measureAccuracy(model, { ...source, count: 0 }, { windows: 1, batch: 4 })).toEqual({
    accuracy: 0,
    confidence: 0,
  })
})
