import type { OutputKind } from '@shared/config/imported-model'
import { random } from '@main/learning/random'
import { checkSample } from './check-sample'
import { openNetwork } from './model-network'
import { countOf, type Network, type NetworkOutput, unfit, zeroClip } from './network'
import { type PixelScale, normalisePixels } from './pixel-scale'
import { probeTap } from './probe-tap'
import type {
  LogitChoice,
  NumberArray,
  TapGeometry,
  TargetCapabilities,
  TargetClassifier,
  TargetFeatures,
} from './target-classifier'

export interface ModelImportOptions {
  /** Layers (LayersModel), nodes (GraphModel) or tensors (ONNX) whose outputs are h(x), last one first. */
  taps: readonly string[]
  /** What the model takes for pixels; the default hands it values from 0 to 1. */
  scale?: PixelScale
  /** What its output is; `auto` reads it from the file, else looks whether it sums to 1. */
  output?: 'auto' | OutputKind
  /** The output that holds a value per class; empty for the only one that can. */
  classOutput?: string
  /** For a model whose input leaves them open. */
  frames?: number
  size?: number
}

/** Somebody else's model as a target, with what was found out about it. */
export interface ImportedTarget extends TargetClassifier {
  readonly format: Network['format']
  readonly output: OutputKind
  readonly classOutput: string
  /** Runs it on a sample of its input and output; the largest difference. Throws Failure MODEL_UNFIT. */
  check(sample: string): Promise<number>
}

/** Values from 0 to 1. */
const unitScale: PixelScale = { mean: [0, 0, 0], deviation: [1, 1, 1] }

interface Found {
  taps: readonly TapGeometry[]
  output: OutputKind
  scale: PixelScale
}

/**
 * Opens somebody else's model as the target that is explained (Kanehira et al. 2019, eq. 1, asks for no more than h(x)
 * and p(c|x)). It takes clips of a fixed size and gives a value per class. Where the cells of its taps lie is found by
 * experiment.
 * @param file a model of ONNX, or model.json of a LayersModel or a GraphModel, its weights beside it
 * @throws Failure MODEL_UNFIT
 */
export function importModel(file: string, options: ModelImportOptions): Promise<ImportedTarget> {
  return opened(file, options, async (network, classOutput) => {
    const taps: TapGeometry[] = []
    for (const name of options.taps) taps.push(await checkedTap(network, { name, classOutput }, file))
    const given = options.output ?? 'auto'
    const output = given === 'auto' ? await outputKind(network, classOutput) : given
    return { taps, output, scale: options.scale ?? unitScale }
  })
}

/**
 * Opens it again with what an import found out, without probing.
 * @throws Failure MODEL_UNFIT
 */
export function reopenModel(
  file: string,
  found: Found & Pick<ModelImportOptions, 'classOutput' | 'frames' | 'size'>,
): Promise<ImportedTarget> {
  return opened(file, found, () => Promise.resolve(found))
}

async function opened(
  file: string,
  open: Pick<ModelImportOptions, 'classOutput' | 'frames' | 'size'>,
  find: (network: Network, classOutput: string) => Promise<Found>,
): Promise<ImportedTarget> {
  const network = await openNetwork(file, { frames: open.frames, size: open.size })
  try {
    const { name } = await chosenOutput(network, file, open.classOutput)
    const classes = await outputCount(network, file, name)
    const found = await find(network, name)
    if (found.taps.length === 0) throw unfit(file, `No layer was chosen. It has ${some(network)}.`)
    return new ImportedModel({ network, file }, { ...found, classOutput: name }, classes)
  } catch (error) {
    network.dispose()
    throw error
  }
}

class ImportedModel implements ImportedTarget {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly format: Network['format']
  readonly taps: readonly TapGeometry[]
  readonly output: OutputKind
  readonly classOutput: string
  readonly capabilities: TargetCapabilities
  private readonly scale: PixelScale
  private readonly network: Network

  constructor(
    private readonly of: { network: Network; file: string },
    { taps, output, classOutput, scale }: Found & { classOutput: string },
    readonly classes: number,
  ) {
    const { network } = of
    const { frames, height, width } = network.input
    this.network = network
    this.frames = frames
    this.height = height
    this.width = width
    this.format = network.format
    this.taps = taps
    this.output = output
    this.classOutput = classOutput
    this.scale = scale
    this.capabilities = { gradient: network.pullBack !== undefined, head: false }
  }

  inputOf(pixels: Uint8Array): Float32Array {
    return normalisePixels(pixels, this.scale)
  }

  async features(clips: readonly Float32Array[]): Promise<TargetFeatures> {
    const names = this.taps.map(({ name }) => name)
    const [output, ...maps] = await this.network.run(this.batchOf(clips), this.classOutput, names)
    return { logits: logitsOf(output, this.output), maps: maps.map(afterRelu) }
  }

  async predict(clips: readonly Float32Array[]): Promise<NumberArray> {
    // The taps are asked for as well where the network is opened for them: it need not be opened anew.
    const [output] = await this.network.run(
      this.batchOf(clips),
      this.classOutput,
      this.taps.map(({ name }) => name),
    )
    return logitsOf(output, this.output)
  }

  async inputGradient(clip: Float32Array, { pos, neg }: LogitChoice): Promise<Float32Array | null> {
    if (!this.network.pullBack) return null
    const batch = this.batchOf([clip])
    const [output] = await this.network.run(batch, this.classOutput, [])
    const weights = new Float32Array(this.classes)
    const slope = (c: number) => slopeOf(output?.values[c] ?? 0, this.output)
    weights[pos] = slope(pos)
    if (neg !== undefined) weights[neg] = -slope(neg)
    return this.network.pullBack(batch, this.classOutput, weights)
  }

  check(sample: string): Promise<number> {
    return checkSample(this.network, sample, { output: this.classOutput, path: this.of.file })
  }

  dispose(): void {
    this.network.dispose()
  }

  private batchOf(clips: readonly Float32Array[]): NumberArray {
    const shape = [clips.length, this.frames, this.height, this.width, 3]
    const values = new Float32Array(countOf(shape))
    const size = countOf(shape.slice(1))
    clips.forEach((clip, i) => values.set(clip, i * size))
    return { values, shape }
  }
}

const least = 1e-30

/** log p differs from the logits by a constant, which no softmax sees; a sigmoid is turned back. */
function logitsOf(output: NumberArray | undefined, kind: OutputKind): NumberArray {
  const { values, shape } = output ?? { values: new Float32Array(), shape: [0, 0] }
  if (kind === 'logits') return { values, shape }
  const logit = (p: number) =>
    Math.log(Math.max(p, least)) - (kind === 'sigmoid' ? Math.log(Math.max(1 - p, least)) : 0)
  return { values: values.map(logit), shape }
}

/** How fast the logit rises with what the network puts out. */
function slopeOf(p: number, kind: OutputKind): number {
  if (kind === 'logits') return 1
  return 1 / Math.max(p, least) + (kind === 'sigmoid' ? 1 / Math.max(1 - p, least) : 0)
}

function afterRelu({ values, shape }: NumberArray): NumberArray {
  return { values: values.map((value) => (value > 0 ? value : 0)), shape }
}

async function checkedTap(
  network: Network,
  { name, classOutput }: { name: string; classOutput: string },
  file: string,
): Promise<TapGeometry> {
  if (!network.layers.some((layer) => layer.name === name))
    throw unfit(file, `It has no layer called ${name}. It has ${some(network)}.`)
  const { frames, height, width } = network.input
  const map = async (values: Float32Array) => {
    const clip = { values, shape: [1, frames, height, width, 3] }
    return (await network.run(clip, classOutput, [name]))[1] ?? { values: new Float32Array(), shape: [] }
  }
  const { shape } = await map(zeroClip(network.input).values)
  if (shape.length !== 5)
    throw unfit(file, `${name} puts out [${shape.join(', ')}]; a feature map has five dimensions.`)
  const [, own = 1] = shape
  if (own > frames || (own < 2 && frames > 1))
    throw unfit(file, `${name} has ${own} of ${frames} frames: a tube needs several, choose an earlier layer.`)
  if (!(await responds(async (clip) => afterRelu(await map(clip)), network)))
    throw unfit(
      file,
      `${name} puts out the same for every clip: nothing can be explained from it. Choose another layer.`,
    )
  return probeTap(name, map, network.input)
}

const looks = 4

/** Some clips of noise, each lighter than the one before, the same every time. */
function noiseClips({ input: { frames, height, width } }: Network): Float32Array[] {
  return Array.from({ length: looks }, (_, i) => {
    const stream = random(23, i)
    return Float32Array.from({ length: frames * height * width * 3 }, () => stream.normal() + i / 2)
  })
}

/** True where two clips give two maps. */
async function responds(map: (clip: Float32Array) => Promise<NumberArray>, network: Network): Promise<boolean> {
  const [first, ...others] = noiseClips(network)
  if (!first) return false
  const { values: before } = await map(first)
  for (const clip of others) {
    const { values } = await map(clip)
    if (values.some((value, i) => value !== before[i])) return true
  }
  return false
}

/**
 * The output that holds a value per class. Throws Failure MODEL_UNFIT where there is none, or more than one and no word.
 */
export async function chosenOutput(network: Network, file: string, wanted = ''): Promise<NetworkOutput> {
  const names = network.outputs.map(({ name }) => name)
  const found = network.outputs.find(({ name }) => name === wanted)
  if (wanted !== '' && !found) throw unfit(file, `It has no output called ${wanted}. It has ${names.join(', ')}.`)
  const [only, ...more] = network.outputs
  if (found) return found
  if (!only) throw unfit(file, 'It has no output.')
  if (more.length === 0) return only
  const lists: NetworkOutput[] = []
  for (const output of network.outputs) if (await isListOfClasses(network, output.name)) lists.push(output)
  const [list, ...others] = lists
  if (!list || others.length > 0)
    throw unfit(
      file,
      `It has ${names.length} outputs (${names.join(', ')}): say which one is the classes (classOutput).`,
    )
  return list
}

async function isListOfClasses(network: Network, output: string): Promise<boolean> {
  const [found] = await network.run(zeroClip(network.input), output, [])
  const [, classes = 0] = found?.shape ?? []
  return found?.shape.length === 2 && classes >= 2
}

/** How many classes a network tells apart. Throws Failure MODEL_UNFIT where its output is no list of them. */
export async function outputCount(network: Network, file: string, output: string): Promise<number> {
  const [found] = await network.run(zeroClip(network.input), output, [])
  const { shape, values } = found ?? { shape: [], values: new Float32Array() }
  const [, classes] = shape
  if (shape.length !== 2 || classes === undefined || classes < 2)
    throw unfit(file, `It puts out [${shape.join(', ')}]; a classifier puts out [batch, classes].`)
  if (![...values].every(Number.isFinite))
    throw unfit(file, 'What it puts out of a black clip is no number: its weights are damaged.')
  return classes
}

/** What an output is: what the file says, else probabilities where it sums to 1 on several clips. */
export async function outputKind(network: Network, name: string): Promise<OutputKind> {
  const said = network.outputs.find((output) => output.name === name)?.kind
  if (said) return said
  const { frames, height, width } = network.input
  for (const values of [zeroClip(network.input).values, ...noiseClips(network)]) {
    const [output] = await network.run({ values, shape: [1, frames, height, width, 3] }, name, [])
    const list = [...(output?.values ?? [])]
    const isShare = list.every((value) => value >= 0) && Math.abs(list.reduce((a, b) => a + b, 0) - 1) < 1e-3
    if (!isShare) return 'logits'
  }
  return 'probabilities'
}

function some({ layers }: Network): string {
  const last = layers.slice(-8).map(({ name }) => name)
  return `${layers.length > last.length ? '..., ' : ''}${last.join(', ')}`
}
