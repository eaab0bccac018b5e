import { readFile } from 'node:fs/promises'
import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node'
import {
  type Axes,
  countOf,
  type InputShape,
  type Network,
  type NetworkLayer,
  unfit,
  zeroClip,
} from '@main/learning/target/network'
import type { NumberArray } from '@main/learning/target/target-classifier'
import { besidePath, wholeFile } from '@main/learning/target/model-folder'
import { axesOf, channelsLast, toAxes } from './axes'
import { type OnnxFile, readOnnx, withOutputs } from './onnx-file'
import { channelsLastTensors, layersOf, outputsOf } from './onnx-graph'
import { onnxRuntime } from './onnx-runtime'
import { notesOf } from '@main/learning/target/model-notes'

/** Sizes for a model whose input leaves them open. */
export interface OpenSizes {
  frames?: number
  size?: number
}

/** Files a model of ONNX consists of besides its own. */
export async function onnxWeightFiles(file: string): Promise<string[]> {
  return readGraph(await readFile(file), file).weightFiles.map((path) => besidePath(file, path))
}

/**
 * Opens a model of ONNX, whose inner tensors can be asked for like its outputs.
 * @throws Failure MODEL_UNFIT
 */
export async function openOnnx(file: string, open: OpenSizes): Promise<Network> {
  const bytes = await wholeFile(file)
  const graph = readGraph(bytes, file)
  const externalData = await Promise.all(
    graph.weightFiles.map(async (path) => ({ path, data: await wholeFile(besidePath(file, path)) })),
  )
  const { shape, axes, batch } = inputOf(graph, file, open)
  const network = new OnnxNetwork({ file, bytes, externalData, graph }, { shape, axes, batch })
  await network.open([])
  return network
}

function readGraph(bytes: Uint8Array, file: string): OnnxFile {
  try {
    return readOnnx(bytes)
  } catch (error) {
    throw unfit(file, 'It is not a model of ONNX: it is damaged, or cut off, or another kind of file.', error)
  }
}

interface Input {
  shape: InputShape
  axes: Axes
  /** Clips that go in at once; null for any number. */
  batch: number | null
}

function inputOf({ inputs }: OnnxFile, file: string, open: OpenSizes): Input {
  const [input, ...more] = inputs
  if (!input) throw unfit(file, 'It has no input.')
  if (more.length > 0) {
    const names = inputs.map(({ name }) => name).join(', ')
    throw unfit(file, `It takes ${inputs.length} inputs (${names}), and there is one clip. Export it with one input.`)
  }
  const sizes = input.sizes ?? []
  const found = axesOf(sizes)
  if (!found)
    throw unfit(
      file,
      `Its input ${input.name} is [${sizes.join(', ')}]; clips are [batch, 3, frames, height, width], [batch, frames, height, width, 3] or [batch, frames, 3, height, width].`,
    )
  const frames = found.frames ?? open.frames
  const [height, width] = [found.height ?? open.size, found.width ?? open.size]
  if (!frames || !height || !width)
    throw unfit(file, `Its input is [${sizes.join(', ')}]: say how many frames and pixels clips have (frames, size).`)
  const [batch] = sizes
  return {
    shape: { frames, height, width },
    axes: found.axes,
    batch: typeof batch === 'number' && batch > 0 ? batch : null,
  }
}

interface OnnxModel {
  file: string
  bytes: Uint8Array
  externalData: readonly { path: string; data: Uint8Array }[]
  graph: OnnxFile
}

class OnnxNetwork implements Network {
  readonly format = 'onnx'
  readonly input: InputShape
  readonly axes: Axes
  readonly outputs: Network['outputs']
  readonly notes: Network['notes']
  readonly layers: readonly NetworkLayer[]
  private readonly last: ReadonlySet<string>
  private session: { key: string; session: InferenceSession } | null = null

  constructor(
    private readonly model: OnnxModel,
    private readonly takes: Input,
  ) {
    const { graph } = model
    this.input = takes.shape
    this.axes = takes.axes
    this.outputs = outputsOf(graph)
    this.notes = notesOf(graph.metadata)
    this.layers = layersOf(graph)
    this.last = channelsLastTensors(graph)
  }

  async shapes(): Promise<number[][]> {
    const [{ name: output } = { name: '' }] = this.outputs
    const maps = await this.run(
      zeroClip(this.input),
      output,
      this.layers.map(({ name }) => name),
    )
    await this.release()
    return maps.slice(1).map(({ shape }) => shape.slice(1))
  }

  async run(clips: NumberArray, output: string, layers: readonly string[]): Promise<NumberArray[]> {
    const session = await this.open(layers)
    const [count = 0] = clips.shape
    const part = this.takes.batch ?? count
    const parts: NumberArray[][] = []
    for (let from = 0; from < count; from += part)
      parts.push(await this.runPart(session, partOf(clips, from, part), [output, ...layers]))
    return [output, ...layers].map((_, i) =>
      joined(
        parts.map((list) => list[i] as NumberArray),
        count,
      ),
    )
  }

  dispose(): void {
    void this.release()
  }

  /** The session that puts these tensors out besides the outputs; the last one is kept. */
  async open(layers: readonly string[]): Promise<InferenceSession> {
    const key = layers.join('\n')
    if (this.session?.key === key) return this.session.session
    await this.release()
    const { file, bytes, externalData, graph } = this.model
    const own = new Set(graph.outputs.map(({ name }) => name))
    const more = layers.filter((name) => !own.has(name))
    const { InferenceSession: Sessions } = await onnxRuntime()
    const options = { executionProviders: ['cpu'], externalData: [...externalData], logSeverityLevel: 3 } as const
    const session = await Sessions.create(withOutputs(bytes, more), options).catch((error: unknown) => {
      throw unfit(file, `ONNX Runtime does not open it: ${firstLine(error)}`, error)
    })
    this.session = { key, session }
    return session
  }

  private async release(): Promise<void> {
    const { session } = this
    this.session = null
    await session?.session.release()
  }

  private async runPart(
    session: InferenceSession,
    clips: NumberArray,
    wanted: readonly string[],
  ): Promise<NumberArray[]> {
    const { Tensor: Values } = await onnxRuntime()
    const { values, shape } = toAxes(clips, this.takes.axes)
    const [name = ''] = session.inputNames
    try {
      const found = await session.run({ [name]: new Values('float32', values, [...shape]) }, [...new Set(wanted)])
      return wanted.map((tensor) => this.arrayOf(tensor, found[tensor]))
    } catch (error) {
      throw unfit(this.model.file, `ONNX Runtime does not run it: ${firstLine(error)}`, error)
    }
  }

  private arrayOf(name: string, tensor: Tensor | undefined): NumberArray {
    if (tensor?.type !== 'float32') return { values: new Float32Array(), shape: [0] }
    const { data, dims } = tensor as TypedTensor<'float32'>
    const plain = { values: data, shape: [...dims] }
    return dims.length === 5 && !this.last.has(name) ? channelsLast(plain) : plain
  }
}

/** Clips from a place on, repeated where the model wants more than there are. */
function partOf({ values, shape: [count = 0, ...rest] }: NumberArray, from: number, part: number): NumberArray {
  const size = countOf(rest)
  if (from === 0 && part === count) return { values, shape: [count, ...rest] }
  const own = new Float32Array(part * size)
  for (let i = 0; i < part; i++) {
    const at = Math.min(count - 1, from + i)
    own.set(values.subarray(at * size, (at + 1) * size), i * size)
  }
  return { values: own, shape: [part, ...rest] }
}

function joined(parts: readonly NumberArray[], count: number): NumberArray {
  const [first] = parts
  if (!first || parts.length === 1) return first ?? { values: new Float32Array(), shape: [0] }
  const [part = 1, ...rest] = first.shape
  const size = first.values.length / Math.max(1, part)
  const values = new Float32Array(count * size)
  parts.forEach((one, i) =>
    values.set(one.values.subarray(0, Math.min(part, count - i * part) * size), i * part * size),
  )
  return { values, shape: [count, ...rest] }
}

/** An error of the runtime, without the places in its source. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.replace(/\S*onnxruntime\/\S+(:\d+)?\s*/g, '').slice(0, 300)
}
