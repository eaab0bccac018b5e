import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor1D, Tensor2D, Tensor5D, Variable } from '@tensorflow/tfjs'
import type { ClassifierConfig } from '@shared/config/classifier'
import { Failure } from '@shared/failures'
import { maxPoolSpace } from '@main/learning/engine/ops/max-pool-space'
import { random } from '@main/learning/random'
import { type ConvUnit, convUnitFrozen, convUnitTraining } from './conv-unit'
import { type Layer, layerList, tapGeometry, tapNames } from './layer-list'
import { type PixelScale, normalisePixels } from './pixel-scale'
import type { TapGeometry, TargetCapabilities, TargetHead } from './target-classifier'
import { tensorHead, type TensorOutput, TensorTarget } from './tensor-target'

/** Added to a variance before its root. */
export const batchNormEpsilon = 1e-3
/** Share of a batch's moments in the running ones. */
const movingShare = 0.1

export interface NamedVariable {
  name: string
  variable: Variable
  trainable: boolean
  /** Weight decay spares batch norm and biases. */
  decays: boolean
}

/** Running moments are replaced after the step: inside the gradient's scope they would be traced. */
interface Moments {
  layer: string
  mean: Tensor1D
  variance: Tensor1D
}

/**
 * C3D-ResNet (Kanehira et al. 2019, section 4.2): nine 3x3x3 convolutions with residual blocks of two, batch norm, ReLU
 * everywhere but the last layer, pooling in space only, one to three fully connected layers. A shortcut between blocks
 * of different width fills the missing channels with zeros, so that nine convolutions stay nine.
 */
export class C3dResnet extends TensorTarget {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly taps: readonly TapGeometry[]
  readonly layers: readonly Layer[]
  override readonly capabilities: TargetCapabilities = { gradient: true, head: true }
  override readonly head: TargetHead = tensorHead((map) => this.logitsOf(map))
  private readonly parameters = new Map<string, NamedVariable>()

  /** @param scale pixels to input; set from the training clips before the first step */
  constructor(
    readonly config: ClassifierConfig,
    readonly classes: number,
    public scale: PixelScale,
  ) {
    super()
    this.frames = config.frames
    this.height = config.size
    this.width = config.size
    this.layers = layerList(config)
    this.taps = tapNames(config).map((name) => tapGeometry(this.layers, name, config.size))
    this.createParameters()
  }

  /**
   * A network that begins with the weights of a trained one, to fine-tune it at another picture size. Where the head is a
   * mean over more cells, an object of the same pixels counts for less in it: the first fully connected layer makes up
   * for that (64x64 to 112x112 at stride 8: times 196/64).
   * @throws Failure BAD_SETTING where layers or classes differ
   */
  static from(other: C3dResnet, config: ClassifierConfig, classes: number): C3dResnet {
    const network = new C3dResnet(config, classes, other.scale)
    const cells = ({ taps: [last] }: C3dResnet) => (last ? last.rows * last.cols : 1)
    const gain = config.head === 'mean' ? cells(network) / cells(other) : 1
    for (const { name, variable } of network.parameters.values()) {
      const found = other.parameters.get(name)?.variable
      if (!found || found.shape.join() !== variable.shape.join()) {
        network.dispose()
        throw new Failure('BAD_SETTING', {
          setting: 'start',
          reason: `The network to start from has other layers or classes (${name} does not fit).`,
        })
      }
      tf.tidy(() => variable.assign(name === 'fc1.kernel' ? tf.mul(found, gain) : tf.clone(found)))
    }
    return network
  }

  /** In a fixed order: the order of gradients, of the optimiser's state and of the weights file. */
  variables(): readonly NamedVariable[] {
    return [...this.parameters.values()]
  }

  inputOf(pixels: Uint8Array): Float32Array {
    return normalisePixels(pixels, this.scale)
  }

  forward(input: Tensor5D): TensorOutput {
    return tf.tidy(() => {
      const { map, outputs } = this.trunk(input, (x, layer, shortcut) => {
        const running = { mean: this.get<Tensor1D>(`${layer}.mean`), variance: this.get<Tensor1D>(`${layer}.variance`) }
        return convUnitFrozen(x, { ...this.unit(layer), ...running }, { epsilon: batchNormEpsilon, shortcut })
      })
      return { logits: this.logitsOf(map), features: this.taps.map(({ name }) => outputs.get(name) as Tensor5D) }
    })
  }

  /**
   * Forward pass with the batch's own moments.
   * @returns logits [B, C], and the moments, which the caller hands to `updateMoments` after the step
   */
  forwardTraining(input: Tensor5D): { logits: Tensor2D; moments: Moments[] } {
    const moments: Moments[] = []
    const { map } = this.trunk(input, (x, layer, shortcut) => {
      const { y, mean, variance } = convUnitTraining(x, this.unit(layer), {
        epsilon: batchNormEpsilon,
        shortcut,
        fixed: x === input,
      })
      moments.push({ layer, mean, variance })
      return y
    })
    return { logits: this.logitsOf(map), moments }
  }

  /** Moves the running moments towards those of a batch and frees these. */
  updateMoments(moments: readonly Moments[]): void {
    for (const { layer, mean, variance } of moments) {
      for (const [name, value] of [
        ['mean', mean],
        ['variance', variance],
      ] as const) {
        const running = this.get<Tensor1D>(`${layer}.${name}`)
        const moved = tf.tidy(() => tf.add(tf.mul(running, 1 - movingShare), tf.mul(value, movingShare)))
        ;(running as Variable<tf.Rank.R1>).assign(moved as Tensor1D)
        tf.dispose([moved, value])
      }
    }
  }

  dispose(): void {
    for (const { variable } of this.parameters.values()) variable.dispose()
    this.parameters.clear()
  }

  /** [B, T, H, W, 3] to the map of the last convolution, and those of all by name, each after its ReLU. */
  private trunk(input: Tensor5D, run: (x: Tensor5D, layer: string, shortcut: Tensor5D | null) => Tensor5D) {
    let x = input
    let shortcut = input
    const outputs = new Map<string, Tensor5D>()
    for (const layer of this.layers) {
      if (layer.kind === 'pool') x = maxPoolSpace(x, layer.size)
      else if (layer.name.endsWith('.conv2')) x = run(x, layer.name, widened(shortcut, layer.out))
      else {
        shortcut = x
        x = run(x, layer.name, null)
      }
      outputs.set(layer.name, x)
    }
    return { map: x, outputs }
  }

  private unit(layer: string): ConvUnit {
    return {
      kernel: this.get<Tensor5D>(`${layer}.kernel`),
      gamma: this.get<Tensor1D>(`${layer}.gamma`),
      beta: this.get<Tensor1D>(`${layer}.beta`),
    }
  }

  /** [B, T, H, W, d] to logits [B, C]. */
  private logitsOf(map: Tensor5D): Tensor2D {
    const [b, t, h, w, d] = map.shape
    const flat: Tensor2D =
      this.config.head === 'mean'
        ? tf.mean(tf.reshape<tf.Rank.R3>(map, [b, t * h * w, d]), 1)
        : tf.reshape(map, [b, t * h * w * d])
    return this.fcSizes().reduce<Tensor2D>((x, _, i, sizes) => {
      const y = tf.add(
        tf.matMul(x, this.get<Tensor2D>(`fc${i + 1}.kernel`)),
        this.get<Tensor1D>(`fc${i + 1}.bias`),
      ) as Tensor2D
      return i < sizes.length - 1 ? tf.relu(y) : y
    }, flat)
  }

  /** Outputs of the fully connected layers, the classes last. */
  private fcSizes(): number[] {
    const { fcLayers, fcWidth } = this.config
    return [...Array.from({ length: fcLayers - 1 }, () => fcWidth), this.classes]
  }

  private get<T extends Tensor>(name: string): T {
    const found = this.parameters.get(name)
    if (!found) throw new Error(`The network has no parameter ${name}`)
    return found.variable as unknown as T
  }

  /** He initialisation from the seed, each parameter from a stream of its own. */
  private createParameters(): void {
    for (const layer of this.layers) {
      if (layer.kind === 'pool') continue
      this.add(`${layer.name}.kernel`, [3, 3, 3, layer.in, layer.out], {
        deviation: Math.sqrt(2 / (27 * layer.in)),
        decays: true,
      })
      this.add(`${layer.name}.gamma`, [layer.out], { value: 1 })
      this.add(`${layer.name}.beta`, [layer.out], { value: 0 })
      this.add(`${layer.name}.mean`, [layer.out], { value: 0, trainable: false })
      this.add(`${layer.name}.variance`, [layer.out], { value: 1, trainable: false })
    }
    const last = this.taps[0]
    if (!last) return
    let inputs = this.config.head === 'mean' ? last.channels : last.channels * last.rows * last.cols * this.frames
    this.fcSizes().forEach((outputs, i) => {
      this.add(`fc${i + 1}.kernel`, [inputs, outputs], { deviation: Math.sqrt(2 / inputs), decays: true })
      this.add(`fc${i + 1}.bias`, [outputs], { value: 0 })
      inputs = outputs
    })
  }

  private add(
    name: string,
    shape: number[],
    {
      value,
      deviation = 0,
      trainable = true,
      decays = false,
    }: { value?: number; deviation?: number; trainable?: boolean; decays?: boolean },
  ): void {
    const count = shape.reduce((a, b) => a * b, 1)
    const stream = random(this.config.seed, this.parameters.size)
    const values = Float32Array.from({ length: count }, () => value ?? stream.normal() * deviation)
    const initial = tf.tensor(values, shape)
    this.parameters.set(name, { name, variable: tf.variable(initial, trainable), trainable, decays })
    initial.dispose()
  }
}

/** Fills missing channels with zeros: [..., c] to [..., channels]. */
function widened(x: Tensor5D, channels: number): Tensor5D {
  const [b, t, h, w, c] = x.shape
  if (c === channels) return x
  if (c > channels) throw new Error(`A block narrows from ${c} to ${channels} channels; widths must not fall`)
  const flat = tf.pad(tf.reshape<tf.Rank.R2>(x, [b * t * h * w, c]), [
    [0, 0],
    [0, channels - c],
  ])
  return tf.reshape<tf.Rank.R5>(flat, [b, t, h, w, channels])
}
