import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import type { NumberArray, TargetClassifier } from '@main/learning/target/target-classifier'

/** Class probabilities and logits of one clip. */
export interface ClassScores {
  probabilities: Float32Array
  logits: Float32Array
}

/** Classifies network inputs, [T, H, W, 3] each, some at a time. */
export async function classify(
  target: TargetClassifier,
  inputs: readonly Float32Array[],
  batch = 16,
): Promise<ClassScores[]> {
  const scores: ClassScores[] = []
  for (let from = 0; from < inputs.length; from += batch) {
    const part = inputs.slice(from, from + batch)
    const { values: logits } = await target.predict(part)
    part.forEach((_, i) => scores.push(scoresOf(logits.slice(i * target.classes, (i + 1) * target.classes))))
  }
  return scores
}

/** h(x) and p(c|x) of some clips in one forward pass. */
export async function featuresOf(
  target: TargetClassifier,
  inputs: readonly Float32Array[],
): Promise<(ClipFeatures & ClassScores)[]> {
  const { logits, maps } = await target.features(inputs)
  const partOf = ({ values }: NumberArray, i: number) => {
    const size = values.length / inputs.length
    return values.slice(i * size, (i + 1) * size)
  }
  return inputs.map((_, i) => ({ ...scoresOf(partOf(logits, i)), maps: maps.map((map) => partOf(map, i)) }))
}

/** Pixels [T, H, W, 3] as network input of one clip. */
export function inputOf(target: TargetClassifier, pixels: Uint8Array): Float32Array {
  return target.inputOf(pixels)
}

/** What a black pixel is to the network, for the fill `black`. */
export function blackOf(target: TargetClassifier): readonly [number, number, number] {
  const input = inputOf(target, new Uint8Array(target.frames * target.height * target.width * 3))
  return [input[0] ?? 0, input[1] ?? 0, input[2] ?? 0]
}

function scoresOf(logits: Float32Array): ClassScores {
  const largest = Math.max(...logits)
  const exps = logits.map((z) => Math.exp(z - largest))
  const sum = exps.reduce((a, b) => a + b, 0)
  return { logits, probabilities: exps.map((e) => e / sum) }
}
