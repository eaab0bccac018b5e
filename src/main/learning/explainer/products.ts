import * as tf from '@tensorflow/tfjs'
import { readValues } from '@main/learning/read-values'
import type { ExplainerModel, TapShape, TapWeights } from './explainer-model'

/** One question to the kernels: this attribute, pos against neg. */
export interface Pair {
  pos: number
  neg: number
  attribute: number
}

/** Bytes of products that are read from the engine at once: few enough for a cache of the processor. */
const atOnce = 1 << 21

/**
 * Multiplies the kernels of each pair with the features of a clip, which go to the engine once for all pairs.
 * @param features prepared maps, [T, rows, cols, d] per tap
 * @param use is told the products of pair `p` per tap, [9, T, rows, cols], which are gone afterwards
 */
export function eachProduct(
  model: ExplainerModel,
  features: readonly Float32Array[],
  pairs: readonly Pair[],
  use: (products: readonly Float32Array[], p: number) => void,
): void {
  const sizes = model.grids.map(({ frames, rows, cols }) => 9 * frames * rows * cols)
  const parts = Math.ceil(pairs.length / Math.max(1, Math.floor(atOnce / (4 * Math.max(...sizes)))))
  const step = Math.ceil(pairs.length / Math.max(1, parts))
  const taps = features.map((map, tap) => new TapProducts(model, tap, { map, pairs: step }))
  try {
    for (let from = 0; from < pairs.length; from += step) {
      const part = pairs.slice(from, from + step)
      const products = taps.map((tap) => tap.of(part))
      part.forEach((_, p) =>
        use(
          products.map((list, tap) => {
            const size = sizes[tap] as number
            return list.subarray(p * size, (p + 1) * size)
          }),
          from + p,
        ),
      )
      // Megabytes that would else wait for a collection, while ever new memory is asked for.
      for (const { buffer } of products) if (buffer instanceof ArrayBuffer) buffer.transfer(0)
    }
  } finally {
    for (const tap of taps) tap.dispose()
  }
}

/** Features of one tap, on the engine until disposed of, and kernels to multiply them with. */
class TapProducts {
  /** [d, cells]: turned once, as tfjs-wasm takes nine times as long for products with a matrix that is to be turned. */
  private readonly features: tf.Tensor2D
  private readonly kernels: Float32Array
  private readonly weights: TapWeights
  /** Numbers of one pair's kernel, [9, d]. */
  private readonly size: number

  constructor(model: ExplainerModel, tap: number, { map, pairs }: { map: Float32Array; pairs: number }) {
    const { frames, rows, cols, channels } = model.grids[tap] as TapShape
    this.features = tf.tidy(() => tf.transpose(tf.tensor2d(map, [frames * rows * cols, channels])))
    this.weights = model.weights[tap] as TapWeights
    this.size = 9 * channels
    this.kernels = new Float32Array(pairs * this.size)
  }

  /** kernels [pairs * 9, d] times features [d, cells]: [pairs * 9, cells] */
  of(pairs: readonly Pair[]): Float32Array {
    this.contrast(pairs)
    const kernels = this.kernels.subarray(0, pairs.length * this.size)
    return readValues(() => tf.matMul(tf.tensor2d(kernels, [pairs.length * 9, this.size / 9]), this.features))
  }

  dispose(): void {
    this.features.dispose()
  }

  /** (w_pos - w_neg) * (1 + w_s) of each pair, [pairs * 9, d]. */
  private contrast(pairs: readonly Pair[]): void {
    const { size, kernels } = this
    const { classes, attributes } = this.weights
    for (const [p, { pos, neg, attribute }] of pairs.entries()) {
      const [a, b, s, to] = [pos * size, neg * size, attribute * size, p * size]
      for (let x = 0; x < size; x++) {
        const contrast = (classes[a + x] as number) - (classes[b + x] as number)
        kernels[to + x] = contrast * (1 + (attributes[s + x] as number))
      }
    }
  }
}
