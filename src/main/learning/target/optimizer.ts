import * as tf from '@tensorflow/tfjs'
import type { NamedTensorMap, Tensor, Variable } from '@tensorflow/tfjs'
import { adam } from '@main/learning/adam'
import type { WeightArray } from '@main/learning/checkpoint/safetensors'

export interface OptimizerSettings {
  optimizer: 'sgd' | 'adam'
  momentum: number
  weightDecay: number
  /** Largest norm of all gradients together; 0 turns clipping off. */
  clipNorm: number
}

export interface Parameter {
  name: string
  variable: Variable
  decays: boolean
}

const { beta1, beta2, epsilon } = adam

/**
 * SGD with momentum, or Adam, whose whole state can be saved, so that a resumed run equals an uninterrupted one.
 * Weight decay is added to the gradient (as the paper's SGD has it) and spares parameters that do not decay.
 */
export class Optimizer {
  private steps = 0
  private readonly slots = new Map<string, Variable>()

  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly settings: OptimizerSettings,
  ) {}

  /**
   * One step.
   * @param gradients by the name of the parameter, shaped like it
   * @returns the norm of all gradients before clipping
   */
  step(gradients: NamedTensorMap, learningRate: number): number {
    this.steps++
    const norm = gradientNorm(Object.values(gradients))
    const { clipNorm } = this.settings
    const shrink = clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1
    for (const parameter of this.parameters) {
      const gradient = gradients[parameter.name]
      if (gradient) this.update(parameter, gradient, { learningRate, shrink })
    }
    return norm
  }

  /** Slots by name, and the count of steps as one of them. */
  state(): Map<string, WeightArray> {
    const state = new Map<string, WeightArray>([['steps', { shape: [1], values: Float32Array.of(this.steps) }]])
    for (const [name, slot] of this.slots)
      state.set(name, { shape: slot.shape, values: slot.dataSync<'float32'>().slice() })
    return state
  }

  restore(state: ReadonlyMap<string, WeightArray>): void {
    for (const [name, { shape, values }] of state) {
      if (name === 'steps') this.steps = values[0] ?? 0
      else tf.tidy(() => this.slot(name, [...shape]).assign(tf.tensor(values, [...shape])))
    }
  }

  dispose(): void {
    for (const slot of this.slots.values()) slot.dispose()
    this.slots.clear()
  }

  private update(
    { name, variable, decays }: Parameter,
    gradient: Tensor,
    { learningRate, shrink }: { learningRate: number; shrink: number },
  ): void {
    tf.tidy(() => {
      const clipped = shrink === 1 ? gradient : tf.mul(gradient, shrink)
      const { weightDecay } = this.settings
      const g = decays && weightDecay > 0 ? tf.add(clipped, tf.mul(variable, weightDecay)) : clipped
      const step = this.settings.optimizer === 'sgd' ? this.sgd(name, g) : this.adam(name, g)
      variable.assign(tf.sub(variable, tf.mul(step, learningRate)))
    })
  }

  private sgd(name: string, g: Tensor): Tensor {
    const velocity = this.slot(`${name}/velocity`, g.shape)
    velocity.assign(tf.add(tf.mul(velocity, this.settings.momentum), g))
    return velocity
  }

  private adam(name: string, g: Tensor): Tensor {
    const mean = this.slot(`${name}/mean`, g.shape)
    const square = this.slot(`${name}/square`, g.shape)
    mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(g, 1 - beta1)))
    square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(g), 1 - beta2)))
    const corrected = tf.div(mean, 1 - beta1 ** this.steps)
    return tf.div(corrected, tf.add(tf.sqrt(tf.div(square, 1 - beta2 ** this.steps)), epsilon))
  }

  private slot(name: string, shape: number[]): Variable {
    const found = this.slots.get(name)
    if (found) return found
    const made = tf.tidy(() => tf.variable(tf.zeros(shape), false))
    this.slots.set(name, made)
    return made
  }
}

function gradientNorm(gradients: readonly Tensor[]): number {
  return tf.tidy(() => {
    const squares = gradients.map((g) => tf.sum(tf.square(g)))
    return Math.sqrt(tf.addN(squares).dataSync()[0] ?? 0)
  })
}
