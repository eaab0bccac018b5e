import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor2D, Tensor5D } from '@tensorflow/tfjs'
import { readAllValues, readValues } from '@main/learning/read-values'
import type {
  LogitChoice,
  NumberArray,
  TapGeometry,
  TargetCapabilities,
  TargetClassifier,
  TargetFeatures,
  TargetHead,
} from './target-classifier'

/** What a network of TensorFlow.js puts out of a batch. */
export interface TensorOutput {
  /** [B, C] before the softmax. */
  logits: Tensor2D
  /** One [B, T, rows, cols, d] per tap, after its ReLU. */
  features: Tensor5D[]
}

/** A network of this process's engine as a target: arrays in, tensors within, arrays out. */
export abstract class TensorTarget implements TargetClassifier {
  abstract readonly frames: number
  abstract readonly height: number
  abstract readonly width: number
  abstract readonly classes: number
  abstract readonly taps: readonly TapGeometry[]
  readonly capabilities: TargetCapabilities = { gradient: true, head: false }
  readonly head?: TargetHead

  abstract inputOf(pixels: Uint8Array): Float32Array
  /** The caller disposes of what is returned. */
  abstract forward(input: Tensor5D): TensorOutput
  abstract dispose(): void

  async features(clips: readonly Float32Array[]): Promise<TargetFeatures> {
    const shapes: number[][] = []
    const [logits, ...maps] = readAllValues(() => {
      const output = this.forward(this.batchOf(clips))
      const all = [output.logits, ...output.features]
      shapes.push(...all.map(({ shape }) => shape))
      return all
    }).map((values, i): NumberArray => ({ values, shape: shapes[i] ?? [] }))
    return { logits: logits ?? { values: new Float32Array(), shape: [0, this.classes] }, maps }
  }

  async predict(clips: readonly Float32Array[]): Promise<NumberArray> {
    const values = readValues(() => this.forward(this.batchOf(clips)).logits)
    return { values, shape: [clips.length, this.classes] }
  }

  /** A network of unknown layers may hold one that has no gradient on this engine; any other must have them. */
  async inputGradient(clip: Float32Array, of: LogitChoice): Promise<Float32Array | null> {
    try {
      return readValues(() => {
        const logit = (x: Tensor) => chosen(this.forward(x as Tensor5D).logits, of)
        return tf.grad(logit)(this.batchOf([clip]))
      })
    } catch (error) {
      if (this.capabilities.head) throw error
      return null
    }
  }

  private batchOf(clips: readonly Float32Array[]): Tensor5D {
    const size = this.frames * this.height * this.width * 3
    const all = new Float32Array(size * clips.length)
    clips.forEach((clip, i) => all.set(clip, i * size))
    return tf.tensor5d(all, [clips.length, this.frames, this.height, this.width, 3])
  }
}

/** The rest of a network of this process's engine, from the map of its first tap on. */
export function tensorHead(head: (map: Tensor5D) => Tensor2D): TargetHead {
  const tensorOf = ({ values, shape }: NumberArray) => tf.tensor<tf.Rank.R5>(values, shape as Tensor5D['shape'])
  return {
    logits: async (map) => {
      const shape: number[] = []
      const values = readValues(() => {
        const logits = head(tensorOf(map))
        shape.push(...logits.shape)
        return logits
      })
      return { values, shape }
    },
    gradient: async (map, of) =>
      readValues(() => tf.grad((x: Tensor) => chosen(head(x as Tensor5D), of))(tensorOf(map))),
  }
}

function chosen(logits: Tensor2D, { pos, neg }: LogitChoice): Tensor {
  const one = (c: number) => tf.slice(logits, [0, c], [1, 1])
  return tf.sum(neg === undefined ? one(pos) : tf.sub(one(pos), one(neg)))
}
