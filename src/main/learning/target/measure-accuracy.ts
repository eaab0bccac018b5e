import * as tf from '@tensorflow/tfjs'
import type { ClipSource } from '@main/learning/clip-source'
import { readValues } from '@main/learning/read-values'
import type { TargetClassifier } from './target-classifier'

export interface Accuracy {
  /** Share of videos whose most probable class is their label. */
  accuracy: number
  /** Mean probability of the predicted class: an under-trained classifier shows here first. */
  confidence: number
}

export interface MeasureOptions {
  windows: number
  /** Clips in one forward pass. */
  batch: number
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

/** Class probabilities of a whole source, averaged over evenly spaced windows: [videos][classes]. */
export async function classProbabilities(
  model: TargetClassifier,
  source: ClipSource,
  { windows, batch, signal, onProgress }: MeasureOptions,
): Promise<Float32Array[]> {
  const sums = Array.from({ length: source.count }, () => new Float32Array(source.classes))
  for (let window = 0; window < windows; window++) {
    for (let from = 0; from < source.count; from += batch) {
      const indices = Array.from({ length: Math.min(batch, source.count - from) }, (_, i) => from + i)
      const { pixels, count } = await source.read(indices, { kind: 'window', index: window, of: windows }, signal)
      const probabilities = await probabilitiesOf(model, pixels, count)
      indices.forEach((video, i) => {
        const sum = sums[video] as Float32Array
        for (let c = 0; c < source.classes; c++)
          sum[c] = (sum[c] as number) + (probabilities[i * source.classes + c] as number) / windows
      })
      onProgress?.(window * source.count + from + indices.length, windows * source.count)
    }
  }
  return sums
}

export async function measureAccuracy(
  model: TargetClassifier,
  source: ClipSource,
  options: MeasureOptions,
): Promise<Accuracy> {
  if (source.count === 0) return { accuracy: 0, confidence: 0 }
  const probabilities = await classProbabilities(model, source, options)
  const best = probabilities.map((p) => p.indexOf(Math.max(...p)))
  return {
    accuracy: best.filter((c, i) => c === source.label(i)).length / source.count,
    confidence: probabilities.reduce((sum, p) => sum + Math.max(...p), 0) / source.count,
  }
}

/** [B, C] as one list. */
async function probabilitiesOf(model: TargetClassifier, pixels: Uint8Array, count: number): Promise<Float32Array> {
  const size = pixels.length / count
  const clips = Array.from({ length: count }, (_, i) => model.inputOf(pixels.subarray(i * size, (i + 1) * size)))
  const { values, shape } = await model.predict(clips)
  return readValues(() => tf.softmax(tf.tensor(values, [...shape])))
}
