import * as tf from '@tensorflow/tfjs'
import type { Tensor2D, Tensor5D } from '@tensorflow/tfjs'
import { type Network, openNetwork, unfit, zeroClip } from './model-network'
import { type PixelScale, normalisePixels } from './pixel-scale'
import { probeTap } from './probe-tap'
import type { TapGeometry, TargetClassifier } from './target-classifier'
import { type TensorOutput, TensorTarget } from './tensor-target'

export interface ModelImportOptions {
  /** Layers (LayersModel) or nodes (GraphModel) whose outputs are h(x), last one first. */
  taps: readonly string[]
  /** What the model takes for pixels; the default hands it values from 0 to 1. */
  scale?: PixelScale
  /** What its output is; `auto` looks whether it sums to 1. */
  output?: 'auto' | 'logits' | 'probabilities'
}

/** Somebody else's model as a target, with what was found out about it. */
export interface ImportedTarget extends TargetClassifier {
  readonly format: Network['format']
  readonly output: 'logits' | 'probabilities'
}

/** Values from 0 to 1. */
const unitScale: PixelScale = { mean: [0, 0, 0], deviation: [1, 1, 1] }

/**
 * Opens somebody else's TensorFlow.js model as the target that is explained (Kanehira et al. 2019, eq. 1, asks for no
 * more than h(x) and p(c|x)). It takes clips [B, T, H, W, 3] of a fixed size, gives a value per class, and its taps keep
 * all frames. Where the cells of the taps lie is found by experiment.
 * @param file model.json of a LayersModel or a GraphModel, its weights beside it
 * @throws Failure MODEL_UNFIT
 */
export function importModel(file: string, options: ModelImportOptions): Promise<ImportedTarget> {
  return opened(file, (network) => {
    const taps = options.taps.map((name) => checkedTap(network, name, file))
    const output = options.output === undefined || options.output === 'auto' ? outputKind(network) : options.output
    return { taps, output, scale: options.scale ?? unitScale }
  })
}

/**
 * Opens it again with what an import found out, without probing.
 * @throws Failure MODEL_UNFIT
 */
export function reopenModel(
  file: string,
  found: { taps: readonly TapGeometry[]; output: 'logits' | 'probabilities'; scale: PixelScale },
): Promise<ImportedTarget> {
  return opened(file, () => found)
}

interface Found {
  taps: readonly TapGeometry[]
  output: 'logits' | 'probabilities'
  scale: PixelScale
}

async function opened(file: string, find: (network: Network) => Found): Promise<ImportedTarget> {
  const network = await openNetwork(file)
  try {
    const found = find(network)
    if (found.taps.length === 0) throw unfit(file, `No layer was chosen. It has ${some(network)}.`)
    return new ImportedModel(network, found, outputCount(network, file))
  } catch (error) {
    network.dispose()
    throw error
  }
}

class ImportedModel extends TensorTarget implements ImportedTarget {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly format: Network['format']
  readonly taps: readonly TapGeometry[]
  readonly output: 'logits' | 'probabilities'
  private readonly scale: PixelScale

  constructor(
    private readonly network: Network,
    { taps, output, scale }: Found,
    readonly classes: number,
  ) {
    super()
    const { frames, height, width } = network.input
    this.frames = frames
    this.height = height
    this.width = width
    this.format = network.format
    this.taps = taps
    this.output = output
    this.scale = scale
  }

  inputOf(pixels: Uint8Array): Float32Array {
    return normalisePixels(pixels, this.scale)
  }

  forward(input: Tensor5D): TensorOutput {
    return tf.tidy(() => {
      const names = this.taps.map(({ name }) => name)
      const [output, ...features] = this.network.run(input, names) as [Tensor2D, ...Tensor5D[]]
      // log p differs from the logits by a constant, which no softmax sees.
      const logits = this.output === 'logits' ? output : tf.log<Tensor2D>(tf.maximum(output, 1e-30))
      return { logits, features: features.map((map) => tf.relu<Tensor5D>(map)) }
    })
  }

  dispose(): void {
    this.network.dispose()
  }
}

function checkedTap(network: Network, name: string, file: string): TapGeometry {
  if (!network.layers.some((layer) => layer.name === name))
    throw unfit(file, `It has no layer called ${name}. It has ${some(network)}.`)
  const map = (input: Tensor5D) => network.run(input, [name])[1] as Tensor5D
  const { frames } = network.input
  const shape = tf.tidy(() => map(zeroClip(network.input)).shape) as number[]
  if (shape.length !== 5)
    throw unfit(file, `${name} puts out [${shape.join(', ')}]; a feature map has five dimensions.`)
  if (shape[1] !== frames)
    throw unfit(
      file,
      `${name} has ${shape[1]} frames of ${frames}: a tube needs one cell per frame, choose an earlier layer.`,
    )
  return probeTap(name, map, network.input)
}

/** How many classes a network tells apart. Throws Failure MODEL_UNFIT where its output is no list of them. */
export function outputCount(network: Network, file: string): number {
  const { shape, values } = tf.tidy(() => {
    const [output] = network.run(zeroClip(network.input), [])
    return { shape: output?.shape ?? [], values: output?.dataSync() ?? [] }
  })
  const [, classes] = shape
  if (shape.length !== 2 || classes === undefined || classes < 2)
    throw unfit(file, `It puts out [${shape.join(', ')}]; a classifier puts out [batch, classes].`)
  if (![...values].every(Number.isFinite))
    throw unfit(file, 'What it puts out of a black clip is no number: its weights are damaged.')
  return classes
}

/** What an output is, by whether it sums to 1. */
export function outputKind(network: Network): 'logits' | 'probabilities' {
  return tf.tidy(() => {
    const values = [...(network.run(zeroClip(network.input), [])[0] as Tensor2D).dataSync()]
    const isShare = values.every((value) => value >= 0) && Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-3
    return isShare ? 'probabilities' : 'logits'
  })
}

function some({ layers }: Network): string {
  const last = layers.slice(-8).map(({ name }) => name)
  return `${layers.length > last.length ? '..., ' : ''}${last.join(', ')}`
}
