import type { ExplainerConfig } from '@shared/config/explainer'
import { adam } from '@main/learning/adam'

const { beta1, beta2, epsilon } = adam

/** SGD with momentum or Adam on plain arrays, in place: the explainer's weights are small and live outside the engine. */
export class ArrayOptimizer {
  private steps = 0
  private readonly first: Float32Array[]
  private readonly second: Float32Array[]

  constructor(
    private readonly parameters: readonly Float32Array[],
    private readonly settings: Pick<ExplainerConfig, 'optimizer' | 'momentum' | 'weightDecay' | 'clipNorm'>,
  ) {
    this.first = parameters.map((p) => new Float32Array(p.length))
    this.second = settings.optimizer === 'adam' ? parameters.map((p) => new Float32Array(p.length)) : []
  }

  /** @param gradients in the order of the parameters @returns their norm before clipping */
  step(gradients: readonly Float32Array[], learningRate: number): number {
    this.steps++
    const norm = Math.sqrt(gradients.reduce((sum, g) => sum + g.reduce((a, b) => a + b * b, 0), 0))
    const { clipNorm } = this.settings
    const shrink = clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1
    for (const [k, parameter] of this.parameters.entries()) {
      const gradient = gradients[k] as Float32Array
      if (this.settings.optimizer === 'adam') this.adam(k, { parameter, gradient, shrink, learningRate })
      else this.sgd(k, { parameter, gradient, shrink, learningRate })
    }
    return norm
  }

  private sgd(k: number, { parameter, gradient, shrink, learningRate }: Update): void {
    const velocity = this.first[k] as Float32Array
    const { momentum, weightDecay } = this.settings
    for (let i = 0; i < parameter.length; i++) {
      const g = shrink * (gradient[i] as number) + weightDecay * (parameter[i] as number)
      velocity[i] = momentum * (velocity[i] as number) + g
      parameter[i] = (parameter[i] as number) - learningRate * (velocity[i] as number)
    }
  }

  private adam(k: number, { parameter, gradient, shrink, learningRate }: Update): void {
    const [mean, square] = [this.first[k] as Float32Array, this.second[k] as Float32Array]
    const [c1, c2] = [1 - beta1 ** this.steps, 1 - beta2 ** this.steps]
    const { weightDecay } = this.settings
    for (let i = 0; i < parameter.length; i++) {
      const g = shrink * (gradient[i] as number) + weightDecay * (parameter[i] as number)
      mean[i] = beta1 * (mean[i] as number) + (1 - beta1) * g
      square[i] = beta2 * (square[i] as number) + (1 - beta2) * g * g
      parameter[i] =
        (parameter[i] as number) -
        (learningRate * ((mean[i] as number) / c1)) / (Math.sqrt((square[i] as number) / c2) + epsilon)
    }
  }
}

interface Update {
  parameter: Float32Array
  gradient: Float32Array
  shrink: number
  learningRate: number
}
