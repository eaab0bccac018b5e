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

/** A clip's prepared maps, [T, rows, cols, d] per tap; or the same on the engine, for questions one after the other. */
export type Features = readonly Float32Array[] | EngineFeatures

/** A clip's features on the engine until disposed of. */
export class EngineFeatures implements Disposable {
  /** [d, cells] per tap: turned once, as tfjs-wasm takes nine times as long for products with a matrix that is to be turned. */
  readonly taps: readonly tf.Tensor2D[]

  /** @param maps prepared maps, [T, rows, cols, d] per tap */
  constructor(
    { grids }: Pick<ExplainerModel, 'grids'>,
    readonly maps: readonly Float32Array[],
  ) {
    this.taps = maps.map((map, tap) => {
      const { frames, rows, cols, channels } = grids[tap] as TapShape
      return tf.tidy(() => tf.transpose(tf.tensor2d(map, [frames * rows * cols, channels])))
    })
  }

  [Symbol.dispose](): void {
    tf.dispose([...this.taps])
  }
}

/** The maps themselves, wherever they are. */
export function mapsOf(features: Features): readonly Float32Array[] {
  return features instanceof EngineFeatures ? features.maps : features
}

/**
 * Multiplies the kernels of each pair with the features of a clip, which go to the engine once for all pairs.
 * @param use is told the products of pair `p` per tap, [9, T, rows, cols], which are gone afterwards
 */
export function eachProduct(
  model: ExplainerModel,
  features: Features,
  pairs: readonly Pair[],
  use: (products: readonly Float32Array[], p: number) => void,
): void {
  const sizes = model.grids.map(({ frames, rows, cols }) => 9 * frames * rows * cols)
  const parts = Math.ceil(pairs.length / Math.max(1, Math.floor(atOnce / (4 * Math.max(...sizes)))))
  const step = Math.ceil(pairs.length / Math.max(1, parts))
  using own = features instanceof EngineFeatures ? null : new EngineFeatures(model, features)
  const there = own ?? (features as EngineFeatures)
  const taps = there.taps.map((turned, tap) => new TapProducts(model, tap, { features: turned, pairs: step }))
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
}

/** Features of one tap on the engine, and kernels to multiply them with. */
class TapProducts {
  private readonly features: tf.Tensor2D
  private readonly kernels: Float32Array
  private readonly weights: TapWeights
  /** Numbers of one pair's kernel, [9, d]. */
  private readonly size: number

  constructor(model: ExplainerModel, tap: number, { features, pairs }: { features: tf.Tensor2D; pairs: number }) {
    const { channels } = model.grids[tap] as TapShape
    this.features = features
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
