import * as tf from '@tensorflow/tfjs'
import type { Tensor2D, Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs'
import { random } from '@main/learning/random'
import type { TapGeometry } from '@main/learning/target/target-classifier'
import { type TensorOutput, TensorTarget } from '@main/learning/target/tensor-target'
import { cellPixels, codes, gridSide, removableCount, t0Frames } from './t0-clips'

/** Cells that must be seen in a frame for a thing to count as there in full. */
const fullView = 4
/** Share of the frames at which a thing counts as present, and how sharply. */
const threshold = 0.4
const sharpness = 16
/** How loud the context is beside what is in the cell itself: loud enough to be read, too quiet to hide the place. */
const contextShare = 0.04
/** Channels per tap. */
const channels = 32

export interface GlassBoxOptions {
  /** Every cell also knows what the whole clip holds, as the cells of a trained network do. */
  context: boolean
  /** Draws the mixing of the channels; another seed is another network. */
  seed: number
}

/**
 * A classifier without training, whose every number is known: each thing is a colour, detectors add up what is seen of
 * it, and a class is the sum over its things. Its features look like a network's: detectors and context, mixed at random,
 * after a ReLU. Proves in seconds that explanations find what is truly used.
 */
export class GlassBox extends TensorTarget {
  readonly frames = t0Frames
  readonly height = gridSide * cellPixels
  readonly width = gridSide * cellPixels
  readonly classes = 2 ** removableCount
  readonly taps: readonly TapGeometry[]
  private readonly detectors: Tensor4D
  private readonly membership: Tensor2D
  private readonly mixing: readonly { matrix: Tensor2D; bias: tf.Tensor1D }[]

  constructor(private readonly options: GlassBoxOptions = { context: true, seed: 0 }) {
    super()
    this.taps = ['cell', 'surroundings'].map((name, i) => ({
      name,
      rows: gridSide,
      cols: gridSide,
      channels,
      strideX: cellPixels,
      strideY: cellPixels,
      offsetX: 0,
      offsetY: 0,
      receptiveField: {
        space: options.context ? gridSide * cellPixels : (2 * i + 1) * cellPixels,
        time: options.context ? t0Frames : 1,
      },
    }))
    const things = codes.length
    this.detectors = tf.tensor4d(
      [0, 1, 2].flatMap((c) => codes.map((code) => code[c] ?? 0)),
      [1, 1, 3, things],
    )
    this.membership = tf.tensor2d(
      Array.from({ length: removableCount }, (_, s) =>
        Array.from({ length: this.classes }, (_, c) => (c & (1 << s) ? 1 : 0)),
      ),
    )
    this.mixing = this.taps.map((_, tap) => {
      const stream = random(options.seed, 50, tap)
      const inputs = 2 * things
      const draw = (count: number) => Array.from({ length: count }, () => stream.normal())
      return {
        matrix: tf.tensor2d(draw(inputs * channels), [inputs, channels]),
        bias: tf.tensor1d(draw(channels)),
      }
    })
  }

  inputOf(pixels: Uint8Array): Float32Array {
    return Float32Array.from(pixels, (value) => (value - 127.5) / 127.5)
  }

  forward(input: Tensor5D): TensorOutput {
    const [count] = input.shape
    const { frames, height, width } = this
    const things = codes.length
    const [logits, ...features] = tf.tidy(() => {
      const pictures = tf.reshape<tf.Rank.R4>(input, [count * frames, height, width, 3])
      // Corners of the colour cube: 3 for its own colour, at most 1 for any other.
      const hits = tf.relu(tf.sub(tf.conv2d(pictures, this.detectors, 1, 'valid'), 2))
      const cells = tf.avgPool(hits as Tensor4D, cellPixels, cellPixels, 'valid')
      const seen = tf.minimum(tf.div(tf.sum(cells, [1, 2]), fullView), 1)
      const share = tf.mean(tf.reshape(seen, [count, frames, things]), 1)
      const present = tf.mul(tf.sub(share, threshold), sharpness) as Tensor2D
      const own = tf.slice(present, [0, 0], [count, removableCount])
      const maps = [cells, tf.avgPool(cells, 3, 1, 'same')].map((local, tap) => this.mapOf(local, present, tap))
      return [tf.matMul(own, this.membership), ...maps]
    })
    return { logits: logits as Tensor2D, features: features as Tensor5D[] }
  }

  dispose(): void {
    tf.dispose([this.detectors, this.membership, ...this.mixing.flatMap(({ matrix, bias }) => [matrix, bias])])
  }

  private mapOf(local: Tensor4D, present: Tensor2D, tap: number): Tensor5D {
    const [count, things] = present.shape
    const { frames } = this
    const cells = gridSide * gridSide
    const known = this.options.context ? tf.mul(tf.sigmoid(present), contextShare) : tf.zerosLike(present)
    const everywhere = tf.tile(tf.reshape<tf.Rank.R3>(known, [count, 1, things]), [1, frames * cells, 1])
    const here = tf.reshape<tf.Rank.R3>(local, [count, frames * cells, things])
    const both = tf.reshape<tf.Rank.R2>(tf.concat([here, everywhere] as Tensor3D[], 2), [
      count * frames * cells,
      2 * things,
    ])
    const { matrix, bias } = this.mixing[tap] as { matrix: Tensor2D; bias: tf.Tensor1D }
    const mixed = tf.relu(tf.add(tf.matMul(both, matrix), bias))
    return tf.reshape<tf.Rank.R5>(mixed, [count, frames, gridSide, gridSide, channels])
  }
}
