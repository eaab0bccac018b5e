import * as tf from '@tensorflow/tfjs'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import { readAllValues, readValues } from '@main/learning/read-values'
import type { TargetClassifier } from '@main/learning/target/target-classifier'

/** Class probabilities and logits of one clip. */
export interface ClassScores {
  probabilities: Float32Array
  logits: Float32Array
}

/** Classifies network inputs, [T, H, W, 3] each, some at a time. */
export function classify(target: TargetClassifier, inputs: readonly Float32Array[], batch = 16): ClassScores[] {
  const scores: ClassScores[] = []
  for (let from = 0; from < inputs.length; from += batch) {
    const part = inputs.slice(from, from + batch)
    const logits = readValues(() => target.forward(inputTensor(target, part)).logits)
    part.forEach((_, i) => scores.push(scoresOf(logits.slice(i * target.classes, (i + 1) * target.classes))))
  }
  return scores
}

/** h(x) and p(c|x) of some clips in one forward pass. */
export function featuresOf(target: TargetClassifier, inputs: readonly Float32Array[]): (ClipFeatures & ClassScores)[] {
  const [all, ...maps] = readAllValues(() => {
    const { logits, features } = target.forward(inputTensor(target, inputs))
    return [logits, ...features]
  })
  if (!all) return []
  return inputs.map((_, i) => ({
    ...scoresOf(all.slice(i * target.classes, (i + 1) * target.classes)),
    maps: maps.map((map) => map.slice((i * map.length) / inputs.length, ((i + 1) * map.length) / inputs.length)),
  }))
}

/** Pixels [T, H, W, 3] as network input of one clip. */
export function inputOf(target: TargetClassifier, pixels: Uint8Array): Float32Array {
  return readValues(() => target.normalise(pixels, 1))
}

/** What a black pixel is to the network, for the fill `black`. */
export function blackOf(target: TargetClassifier): readonly [number, number, number] {
  const input = inputOf(target, new Uint8Array(target.frames * target.height * target.width * 3))
  return [input[0] ?? 0, input[1] ?? 0, input[2] ?? 0]
}

function inputTensor(target: TargetClassifier, inputs: readonly Float32Array[]): tf.Tensor5D {
  const size = inputs[0]?.length ?? 0
  const all = new Float32Array(size * inputs.length)
  inputs.forEach((input, i) => all.set(input, i * size))
  return tf.tensor5d(all, [inputs.length, target.frames, target.height, target.width, 3])
}

function scoresOf(logits: Float32Array): ClassScores {
  const largest = Math.max(...logits)
  const exps = logits.map((z) => Math.exp(z - largest))
  const sum = exps.reduce((a, b) => a + b, 0)
  return { logits, probabilities: exps.map((e) => e / sum) }
}
