import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import { z } from 'zod'
import { Failure } from '@shared/failures'
import type { InputShape } from './probe-tap'

/** A layer (LayersModel) or node (GraphModel) as the file names it. */
export interface NetworkLayer {
  name: string
  /** Conv3D, ReLU, ... */
  kind: string
}

/** LayersModel and GraphModel of TensorFlow.js behind one face. */
export interface Network {
  format: 'layers-model' | 'graph-model'
  input: InputShape
  /** What can be asked for besides the output, in the file's order. */
  layers: readonly NetworkLayer[]
  /** What each layer puts out, without the batch; empty where that is not known. */
  shapes(): number[][]
  /** Its output, then those of the layers named. */
  run(input: Tensor5D, layers: readonly string[]): Tensor[]
  dispose(): void
}

const ModelFile = z.object({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.unknown()) })),
})

/**
 * Opens a model.json of TensorFlow.js, its weights beside it. It takes clips [B, T, H, W, 3] of a fixed size.
 * @throws Failure MODEL_UNFIT
 */
export async function openNetwork(file: string): Promise<Network> {
  const handler = await readModel(file)
  try {
    if (handler.format === 'graph-model')
      return graphNetwork(await tf.loadGraphModel({ load: async () => handler }), nodesOf(handler), file)
    return layersNetwork(await tf.loadLayersModel({ load: async () => handler }), file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(file, `TensorFlow.js does not open it: ${(error as Error).message}`, error)
  }
}

/** The files a model consists of, model.json first, relative to its folder. Throws Failure MODEL_UNFIT. */
export async function modelFiles(file: string): Promise<string[]> {
  const { weightsManifest } = await readModelFile(file)
  const folder = dirname(resolve(file))
  return [file, ...weightsManifest.flatMap(({ paths }) => paths.map((path) => besidePath(file, path)))].map((path) =>
    relative(folder, resolve(path)),
  )
}

/** Clips of the size that a network takes, all black. The caller disposes of it. */
export function zeroClip({ frames, height, width }: InputShape): Tensor5D {
  return tf.zeros([1, frames, height, width, 3])
}

export function unfit(path: string, reason: string, cause?: unknown): Failure {
  return new Failure('MODEL_UNFIT', { path, reason }, { cause })
}

async function readModelFile(file: string): Promise<tf.io.ModelJSON> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unfit(file, `The file cannot be read: ${whyUnread(error as NodeJS.ErrnoException)}`, error)
  })
  const json = jsonOf(text)
  if (json === undefined) throw unfit(file, 'It is no JSON: it is damaged, or cut off, or another kind of file.')
  if (!ModelFile.safeParse(json).success)
    throw unfit(file, 'It is not a model.json of TensorFlow.js: topology or list of weights is missing.')
  return json as tf.io.ModelJSON
}

async function readModel(file: string): Promise<tf.io.ModelArtifacts> {
  return tf.io.getModelArtifactsForJSON(await readModelFile(file), async (manifest) => {
    const specs = manifest.flatMap(({ weights }) => weights)
    const parts = await Promise.all(manifest.flatMap(({ paths }) => paths.map((path) => readBeside(file, path))))
    const all = Buffer.concat(parts)
    return [specs, all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength) as ArrayBuffer]
  })
}

/** undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is none of this name.'
  if (code === 'EISDIR') return 'it is a folder. Give the model.json in it.'
  return message
}

/** A file of the model's folder. What lies outside is not read: a model says nothing of other files. */
function besidePath(file: string, path: string): string {
  const folder = dirname(resolve(file))
  const whole = resolve(folder, path)
  if (relative(folder, whole).startsWith('..')) throw unfit(file, `Its weights lie outside its folder: ${path}`)
  return whole
}

async function readBeside(file: string, path: string): Promise<Buffer> {
  return readFile(besidePath(file, path)).catch((error: unknown) => {
    throw error instanceof Failure ? error : unfit(file, `Its weights ${path} cannot be read.`, error)
  })
}

function layersNetwork(model: tf.LayersModel, file: string): Network {
  const heads = new Map<string, tf.LayersModel>()
  return {
    format: 'layers-model',
    input: inputShape(model.inputs[0]?.shape, file),
    layers: model.layers.map((layer) => ({ name: layer.name, kind: layer.getClassName() })),
    shapes: () => model.layers.map(({ outputShape }) => knownSizes(outputShape.slice(1))),
    run: (input, layers) => {
      const key = layers.join('\n')
      const wanted = [model.outputs[0], ...layers.map((name) => model.getLayer(name).output)] as tf.SymbolicTensor[]
      // TensorFlow.js leaves out an output that is asked for twice.
      const outputs = [...new Set(wanted)]
      const head = heads.get(key) ?? tf.model({ inputs: model.inputs, outputs })
      heads.set(key, head)
      const result = head.predictOnBatch(input)
      const values = Array.isArray(result) ? result : [result]
      return wanted.map((output) => values[outputs.indexOf(output)] as Tensor)
    },
    dispose: () => model.dispose(),
  }
}

function graphNetwork(model: tf.GraphModel, layers: readonly NetworkLayer[], file: string): Network {
  const [output] = model.outputNodes
  if (output === undefined) throw unfit(file, 'It has no output.')
  const input = inputShape(model.inputs[0]?.shape, file)
  const zeros = () => zeroClip(input)
  return {
    format: 'graph-model',
    input,
    layers,
    shapes: () => graphShapes(model, layers, zeros),
    run: (input, names) => {
      const result = model.execute(input, [output, ...names])
      return Array.isArray(result) ? result : [result]
    },
    dispose: () => model.dispose(),
  }
}

function knownSizes(shape: readonly unknown[]): number[] {
  return shape.every((size) => typeof size === 'number') ? (shape as number[]) : []
}

/** All in one pass; one by one where some node cannot be asked for, as inside control flow. */
function graphShapes(model: tf.GraphModel, layers: readonly NetworkLayer[], zeros: () => Tensor5D): number[][] {
  const shapesOf = (names: string[]) =>
    tf.tidy(() => {
      const result = model.execute(zeros(), names)
      return (Array.isArray(result) ? result : [result]).map(({ shape }) => shape.slice(1))
    })
  const names = layers.map(({ name }) => name)
  try {
    return shapesOf(names)
  } catch {
    return names.map((name) => {
      try {
        return shapesOf([name])[0] ?? []
      } catch {
        return []
      }
    })
  }
}

/** Nodes that compute something: constants and placeholders belong to the model and are no maps. */
function nodesOf({ modelTopology }: tf.io.ModelArtifacts): NetworkLayer[] {
  const { node } = modelTopology as { node?: readonly { name: string; op: string }[] }
  return (node ?? [])
    .filter(({ op }) => !['Const', 'Placeholder', 'NoOp'].includes(op))
    .map(({ name, op }) => ({ name, kind: op }))
}

function inputShape(shape: readonly (number | null)[] | undefined, file: string): InputShape {
  const [, frames, height, width, channels] = shape ?? []
  if (shape?.length !== 5 || channels !== 3)
    throw unfit(file, `It takes [${(shape ?? []).join(', ')}]; clips are [batch, frames, height, width, 3].`)
  const known = [frames, height, width].every((side) => typeof side === 'number' && side > 0)
  if (!known) throw unfit(file, 'Its input has no fixed number of frames, height and width.')
  return { frames: frames as number, height: height as number, width: width as number }
}
