import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor2D, Tensor5D } from '@tensorflow/tfjs'
import { z } from 'zod'
import { Failure } from '@shared/failures'
import { normalisePixels, type PixelScale } from './pixel-scale'
import { type InputShape, probeTap } from './probe-tap'
import type { TapGeometry, TargetClassifier, TargetOutput } from './target-classifier'

export interface ModelImportOptions {
  /** Layers (LayersModel) or nodes (GraphModel) whose outputs are h(x), last one first. */
  taps: readonly string[]
  /** What the model takes for pixels; the default hands it values from 0 to 1. */
  scale?: PixelScale
  /** What its output is; `auto` looks whether it sums to 1. */
  output?: 'auto' | 'logits' | 'probabilities'
}

/** The two kinds of model behind one face. */
interface Network {
  input: InputShape
  /** Names a tap can have. */
  names: readonly string[]
  /** Its output, then the taps. */
  run(input: Tensor5D, taps: readonly string[]): Tensor[]
  dispose(): void
}

const ModelFile = z.object({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.unknown()) })),
})

/** Values from 0 to 1. */
const unitScale: PixelScale = { mean: [0, 0, 0], deviation: [1, 1, 1] }

/**
 * Opens somebody else's TensorFlow.js model as the target that is explained (Kanehira et al. 2019, eq. 1, asks for no
 * more than h(x) and p(c|x)). It takes clips [B, T, H, W, 3] of a fixed size, gives a value per class, and its taps keep
 * all frames. Where the cells of the taps lie is found by experiment.
 * @param file model.json of a LayersModel or a GraphModel, its weights beside it
 * @throws Failure MODEL_UNFIT
 */
export async function importModel(file: string, options: ModelImportOptions): Promise<TargetClassifier> {
  const network = await openNetwork(file)
  try {
    const taps = options.taps.map((name) => checkedTap(network, name, file))
    if (taps.length === 0) throw unfit(file, `No layer was chosen. It has ${some(network.names)}.`)
    return new ImportedModel(network, taps, { ...options, classes: classesOf(network, file) })
  } catch (error) {
    network.dispose()
    throw error
  }
}

class ImportedModel implements TargetClassifier {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly classes: number
  private readonly scale: PixelScale
  private readonly givesLogits: boolean

  constructor(
    private readonly network: Network,
    readonly taps: readonly TapGeometry[],
    { classes, scale = unitScale, output = 'auto' }: ModelImportOptions & { classes: number },
  ) {
    const { frames, height, width } = network.input
    this.frames = frames
    this.height = height
    this.width = width
    this.classes = classes
    this.scale = scale
    this.givesLogits = output === 'auto' ? !sumsToOne(network) : output === 'logits'
  }

  normalise(pixels: Uint8Array, count: number): Tensor5D {
    const values = normalisePixels(pixels, this.scale)
    return tf.tensor5d(values, [count, this.frames, this.height, this.width, 3])
  }

  forward(input: Tensor5D): TargetOutput {
    return tf.tidy(() => {
      const names = this.taps.map(({ name }) => name)
      const [output, ...features] = this.network.run(input, names) as [Tensor2D, ...Tensor5D[]]
      // log p differs from the logits by a constant, which no softmax sees.
      const logits = this.givesLogits ? output : tf.log<Tensor2D>(tf.maximum(output, 1e-30))
      return { logits, features: features.map((map) => tf.relu<Tensor5D>(map)) }
    })
  }

  dispose(): void {
    this.network.dispose()
  }
}

async function openNetwork(file: string): Promise<Network> {
  const handler = await readModel(file)
  const isGraph = handler.format === 'graph-model'
  try {
    if (isGraph) return graphNetwork(await tf.loadGraphModel({ load: async () => handler }), nodeNames(handler), file)
    return layersNetwork(await tf.loadLayersModel({ load: async () => handler }), file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(file, `TensorFlow.js does not open it: ${(error as Error).message}`, error)
  }
}

async function readModel(file: string): Promise<tf.io.ModelArtifacts> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unfit(file, `The file cannot be read: ${(error as Error).message}`, error)
  })
  const parsed = ModelFile.safeParse(jsonOf(text))
  if (!parsed.success)
    throw unfit(file, 'It is not a model.json of TensorFlow.js: topology or list of weights is missing.')
  const json = JSON.parse(text) as tf.io.ModelJSON
  return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
    const specs = manifest.flatMap(({ weights }) => weights)
    const parts = await Promise.all(manifest.flatMap(({ paths }) => paths.map((path) => readBeside(file, path))))
    const all = Buffer.concat(parts)
    return [specs, all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength) as ArrayBuffer]
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function readBeside(file: string, path: string): Promise<Buffer> {
  const folder = dirname(resolve(file))
  const whole = resolve(folder, path)
  if (relative(folder, whole).startsWith('..')) throw unfit(file, `Its weights lie outside its folder: ${path}`)
  return readFile(whole).catch((error: unknown) => {
    throw unfit(file, `Its weights ${path} cannot be read.`, error)
  })
}

function layersNetwork(model: tf.LayersModel, file: string): Network {
  const names = model.layers.map(({ name }) => name)
  const heads = new Map<string, tf.LayersModel>()
  return {
    input: inputShape(model.inputs[0]?.shape, file),
    names,
    run: (input, taps) => {
      const key = taps.join('\n')
      const outputs = () =>
        [model.outputs[0], ...taps.map((name) => model.getLayer(name).output)] as tf.SymbolicTensor[]
      const head = heads.get(key) ?? tf.model({ inputs: model.inputs, outputs: outputs() })
      heads.set(key, head)
      const result = head.predictOnBatch(input)
      return Array.isArray(result) ? result : [result]
    },
    dispose: () => model.dispose(),
  }
}

function graphNetwork(model: tf.GraphModel, names: readonly string[], file: string): Network {
  const [output] = model.outputNodes
  if (output === undefined) throw unfit(file, 'It has no output.')
  return {
    input: inputShape(model.inputs[0]?.shape, file),
    names,
    run: (input, taps) => {
      const result = model.execute(input, [output, ...taps])
      return Array.isArray(result) ? result : [result]
    },
    dispose: () => model.dispose(),
  }
}

function nodeNames({ modelTopology }: tf.io.ModelArtifacts): string[] {
  const { node } = modelTopology as { node?: readonly { name: string }[] }
  return (node ?? []).map(({ name }) => name)
}

function inputShape(shape: readonly (number | null)[] | undefined, file: string): InputShape {
  const [, frames, height, width, channels] = shape ?? []
  if (shape?.length !== 5 || channels !== 3)
    throw unfit(file, `It takes [${(shape ?? []).join(', ')}]; clips are [batch, frames, height, width, 3].`)
  const known = [frames, height, width].every((side) => typeof side === 'number' && side > 0)
  if (!known) throw unfit(file, 'Its input has no fixed number of frames, height and width.')
  return { frames: frames as number, height: height as number, width: width as number }
}

function checkedTap(network: Network, name: string, file: string): TapGeometry {
  if (!network.names.includes(name)) throw unfit(file, `It has no layer called ${name}. It has ${some(network.names)}.`)
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

function classesOf(network: Network, file: string): number {
  const shape = tf.tidy(() => network.run(zeroClip(network.input), [])[0]?.shape ?? [])
  const [, classes] = shape
  if (shape.length !== 2 || classes === undefined || classes < 2)
    throw unfit(file, `It puts out [${shape.join(', ')}]; a classifier puts out [batch, classes].`)
  return classes
}

function sumsToOne(network: Network): boolean {
  return tf.tidy(() => {
    const values = [...(network.run(zeroClip(network.input), [])[0] as Tensor2D).dataSync()]
    return values.every((value) => value >= 0) && Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-3
  })
}

function zeroClip({ frames, height, width }: InputShape): Tensor5D {
  return tf.zeros([1, frames, height, width, 3])
}

function some(names: readonly string[]): string {
  const last = names.slice(-8)
  return `${names.length > last.length ? '..., ' : ''}${last.join(', ')}`
}

function unfit(path: string, reason: string, cause?: unknown): Failure {
  return new Failure('MODEL_UNFIT', { path, reason }, { cause })
}
