import * as tf from '@tensorflow/tfjs'
import type { Tensor5D } from '@tensorflow/tfjs'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { Optimizer } from '@main/learning/target/optimizer'
import type { ClassifierConfig } from '@shared/config/classifier'

const scale = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] } as const

/** The studio's target classifier with one batch of noise, and what a training run does with it. */
export class OurNetwork {
  readonly model: C3dResnet
  private readonly optimizer: Optimizer
  private readonly names = new Map<string, string>()
  private readonly input: Tensor5D
  private readonly targets: tf.Tensor

  constructor(config: ClassifierConfig, classes: number) {
    const { batch, frames, size } = config
    this.model = new C3dResnet(config, classes, scale)
    const trainable = this.model.variables().filter((parameter) => parameter.trainable)
    for (const { name, variable } of trainable) this.names.set(variable.name, name)
    this.optimizer = new Optimizer(trainable, config)
    this.input = tf.randomNormal([batch, frames, size, size, 3], 0, 1, 'float32', 1)
    const labels = Array.from({ length: batch }, (_, i) => i % classes)
    this.targets = tf.oneHot(tf.tensor1d(labels, 'int32'), classes)
  }

  /** One forward pass with frozen batch norm. Milliseconds. */
  forward(): number {
    return timed(() => tf.tidy(() => this.model.forward(this.input).logits.dataSync()))
  }

  /** Forward, backward, running moments, optimiser. Milliseconds. */
  step(): number {
    return timed(() => {
      const variables = this.model.variables().flatMap((v) => (v.trainable ? [v.variable] : []))
      let moments: ReturnType<C3dResnet['forwardTraining']>['moments'] = []
      const { value, grads } = tf.variableGrads(() => {
        const output = this.model.forwardTraining(this.input)
        moments = output.moments
        return tf.losses.softmaxCrossEntropy(this.targets, output.logits) as tf.Scalar
      }, variables)
      this.model.updateMoments(moments)
      const named = Object.entries(grads).map(([key, gradient]) => [this.names.get(key) ?? key, gradient] as const)
      this.optimizer.step(Object.fromEntries(named), 0.01)
      value.dataSync()
      tf.dispose([value, grads])
    })
  }

  dispose(): void {
    this.model.dispose()
    this.optimizer.dispose()
    tf.dispose([this.input, this.targets])
  }
}

function timed(f: () => void): number {
  const started = performance.now()
  f()
  return performance.now() - started
}
