import * as tf from '@tensorflow/tfjs'
import type { Shape, Tensor } from '@tensorflow/tfjs'
import { batchNormName } from './keras3'

interface BatchNormArgs {
  name?: string
  axis?: number
  epsilon?: number
  center?: boolean
  scale?: boolean
}

/** Batch norm of a trained model for inputs of any rank; that of TensorFlow.js knows up to four dimensions. */
class BatchNormAnyRank extends tf.layers.Layer {
  static readonly className = batchNormName
  private readonly settings: Required<Omit<BatchNormArgs, 'name'>>
  private readonly named = new Map<string, ReturnType<tf.layers.Layer['addWeight']>>()

  constructor(args: BatchNormArgs) {
    super(args as object)
    const { axis = -1, epsilon = 1e-3, center = true, scale = true } = args
    this.settings = { axis: Array.isArray(axis) ? Number(axis[0]) : axis, epsilon, center, scale }
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape
    const { axis, center, scale } = this.settings
    const size = shape.at(axis) ?? 0
    const add = (name: string, initial: 'zeros' | 'ones', trainable: boolean) => {
      const initializer = initial === 'zeros' ? tf.initializers.zeros() : tf.initializers.ones()
      this.named.set(name, this.addWeight(name, [size], 'float32', initializer, undefined, trainable))
    }
    if (scale) add('gamma', 'ones', true)
    if (center) add('beta', 'zeros', true)
    add('moving_mean', 'zeros', false)
    add('moving_variance', 'ones', false)
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs
      const { axis, epsilon } = this.settings
      const at = axis < 0 ? x.rank + axis : axis
      const shape = x.shape.map((size, i) => (i === at ? size : 1))
      const weight = (name: string) => this.named.get(name)?.read()
      const variance = weight('moving_variance') ?? tf.scalar(1)
      const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), weight('gamma') ?? tf.scalar(1))
      const moved = tf.sub(weight('beta') ?? tf.scalar(0), tf.mul(weight('moving_mean') ?? tf.scalar(0), factor))
      return tf.add(tf.mul(x, tf.reshape(factor, shape)), tf.reshape(moved, shape))
    })
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.settings }
  }
}

/** Makes it known to the reader of models; again does no harm. */
export function registerBatchNorm(): void {
  tf.serialization.registerClass(BatchNormAnyRank)
}
