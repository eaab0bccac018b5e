import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor5D } from '@tensorflow/tfjs'
import { Failure } from '@shared/failures'
import { readValues } from '@main/learning/read-values'
import {
  type InputShape,
  type Network,
  type NetworkLayer,
  type NetworkOutput,
  unfit,
  zeroClip,
} from '@main/learning/target/network'
import { notesOf } from '@main/learning/target/model-notes'
import type { NumberArray } from '@main/learning/target/target-classifier'
import { registerBatchNorm } from './batch-norm'
import { readModel } from './model-file'

/**
 * Opens a model.json of TensorFlow.js, its weights beside it. It takes clips [B, T, H, W, 3] of a fixed size.
 * @throws Failure MODEL_UNFIT
 */
export async function openTfjs(file: string): Promise<Network> {
  const handler = await readModel(file)
  return { ...(await openedModel(handler, file)), notes: notesOf(textsOf(handler.userDefinedMetadata)) }
}

type Model = Omit<Network, 'notes'>

function textsOf(metadata: object = {}): ReadonlyMap<string, string> {
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return new Map(Object.entries(metadata).map(([key, value]) => [key, asText(value)]))
}

async function openedModel(handler: tf.io.ModelArtifacts, file: string): Promise<Model> {
  try {
    if (handler.format === 'graph-model')
      return graphNetwork(await tf.loadGraphModel({ load: async () => handler }), nodesOf(handler), file)
    registerBatchNorm()
    return layersNetwork(await tf.loadLayersModel({ load: async () => handler }), file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(file, `TensorFlow.js does not open it: ${(error as Error).message}`, error)
  }
}

/** What the two kinds of TensorFlow.js have of their own. */
interface TensorNetwork {
  format: 'layers-model' | 'graph-model'
  input: InputShape
  outputs: readonly NetworkOutput[]
  layers: readonly NetworkLayer[]
  shapes(): Promise<number[][]>
  /** Outputs of the layers and nodes named. */
  execute(input: Tensor, names: readonly string[]): Tensor[] | Promise<Tensor[]>
  /** Where an error came from, in words. */
  reason(error: unknown): string
  dispose(): void
}

function network(of: TensorNetwork, file: string): Model {
  const run = async (clips: NumberArray, output: string, layers: readonly string[]): Promise<NumberArray[]> => {
    const input = tensorOf(clips)
    let results: Tensor[] = []
    try {
      results = await of.execute(input, [output, ...layers])
      return results.map((result) => ({ values: result.dataSync<'float32'>().slice(), shape: result.shape }))
    } catch (error) {
      if (error instanceof Failure) throw error
      throw unfit(file, of.reason(error), error)
    } finally {
      tf.dispose([input, ...results])
    }
  }
  const pullBack: Network['pullBack'] = async (clip, output, weights) => {
    try {
      return readValues(() => {
        const sum = (x: Tensor) => {
          const found = of.execute(x, [output])
          if (found instanceof Promise) throw new Error('a dynamic operation has no gradient')
          return tf.sum(tf.mul(found[0] as Tensor, tf.tensor2d(weights, [1, weights.length])))
        }
        return tf.grad(sum)(tensorOf(clip))
      })
    } catch {
      // A network of unknown layers may hold one that has no gradient on this engine.
      return null
    }
  }
  const { format, input, outputs, layers, shapes, dispose } = of
  return { format, input, axes: 'NTHWC', outputs, layers, shapes, run, pullBack, dispose }
}

function tensorOf({ values, shape }: NumberArray): Tensor5D {
  return tf.tensor(values, shape as Tensor5D['shape'])
}

function layersNetwork(model: tf.LayersModel, file: string): Model {
  const heads = new Map<string, tf.LayersModel>()
  // By their layers: a tensor's own name changes with every opening.
  const symbolOf = (name: string) =>
    (model.outputs[model.outputNames.indexOf(name)] ?? model.getLayer(name).output) as tf.SymbolicTensor
  const of: TensorNetwork = {
    format: 'layers-model',
    input: inputShape(
      model.inputs.map(({ shape }, i) => ({ name: model.inputNames[i] ?? '', shape })),
      file,
    ),
    outputs: model.outputs.map(({ sourceLayer }, i) => ({
      name: model.outputNames[i] ?? '',
      kind: kindOfLayer(sourceLayer),
    })),
    layers: model.layers.map((layer) => ({ name: layer.name, kind: layer.getClassName().replace('AnyRank', '') })),
    shapes: async () => model.layers.map(({ outputShape }) => knownSizes(outputShape.slice(1))),
    execute: (input, names) => {
      const key = names.join('\n')
      const wanted = names.map(symbolOf)
      // TensorFlow.js leaves out an output that is asked for twice.
      const outputs = [...new Set(wanted)]
      const head = heads.get(key) ?? tf.model({ inputs: model.inputs, outputs })
      heads.set(key, head)
      const result = tf.tidy(() => head.predictOnBatch(input))
      const values = Array.isArray(result) ? result : [result]
      return wanted.map((output) => values[outputs.indexOf(output)] as Tensor)
    },
    reason: (error) => brokenLayer(model, error),
    dispose: () => model.dispose(),
  }
  return network(of, file)
}

/** Softmax or sigmoid as the last layer or as its activation. */
function kindOfLayer(layer: tf.layers.Layer): NetworkOutput['kind'] {
  const { activation } = layer.getConfig() as { activation?: unknown }
  const kind = String(activation ?? layer.getClassName()).toLowerCase()
  if (kind === 'softmax') return 'probabilities'
  return kind === 'sigmoid' ? 'sigmoid' : null
}

/** Layer by layer, until one fails. */
function brokenLayer(model: tf.LayersModel, error: unknown): string {
  const { message } = error as Error
  const shape = (model.inputs[0]?.shape ?? []).map((size) => size ?? 1)
  const fails = (layer: tf.layers.Layer) => {
    try {
      const part = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor })
      tf.tidy(() => void part.predictOnBatch(tf.zeros(shape)))
      return false
    } catch {
      return true
    }
  }
  const broken = model.layers.find((layer) => !(layer instanceof tf.layers.Layer && isInput(layer)) && fails(layer))
  const where = broken ? `Its layer ${broken.name} (${broken.getClassName()})` : 'One of its layers'
  return `${where} does not run in TensorFlow.js: ${message} Export the model without it, or as ONNX.`
}

function isInput(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === 'InputLayer'
}

function graphNetwork(model: tf.GraphModel, layers: readonly NetworkLayer[], file: string): Model {
  if (model.outputNodes.length === 0) throw unfit(file, 'It has no output.')
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]))
  const kindOf = (name: string): NetworkOutput['kind'] => {
    const kind = kinds.get(name.replace(/:\d+$/, ''))
    if (kind === 'Softmax') return 'probabilities'
    return kind === 'Sigmoid' ? 'sigmoid' : null
  }
  const input = inputShape(
    model.inputs.map(({ name, shape }) => ({ name, shape: shape ?? [] })),
    file,
  )
  const execute = (clips: Tensor, names: readonly string[]) => {
    const listed = (result: Tensor | Tensor[]) => (Array.isArray(result) ? result : [result])
    try {
      return listed(tf.tidy(() => model.execute(clips, [...names])))
    } catch (error) {
      if (!/dynamic op/.test((error as Error).message)) throw error
      return model.executeAsync(clips, [...names]).then(listed)
    }
  }
  const of: TensorNetwork = {
    format: 'graph-model',
    input,
    outputs: model.outputNodes.map((name) => ({ name, kind: kindOf(name) })),
    layers,
    shapes: () => graphShapes(execute, layers, input),
    execute,
    reason: (error) =>
      `A node of it does not run in TensorFlow.js: ${(error as Error).message} Export the model without it, or as ONNX.`,
    dispose: () => model.dispose(),
  }
  return network(of, file)
}

function knownSizes(shape: readonly unknown[]): number[] {
  return shape.every((size) => typeof size === 'number') ? (shape as number[]) : []
}

/** All in one pass; one by one where some node cannot be asked for, as inside control flow. */
async function graphShapes(
  execute: TensorNetwork['execute'],
  layers: readonly NetworkLayer[],
  input: InputShape,
): Promise<number[][]> {
  const shapesOf = async (names: string[]) => {
    const clip = tensorOf(zeroClip(input))
    let results: Tensor[] = []
    try {
      results = await execute(clip, names)
      return results.map(({ shape }) => shape.slice(1))
    } finally {
      tf.dispose([clip, ...results])
    }
  }
  const names = layers.map(({ name }) => name)
  const one = (name: string) =>
    shapesOf([name]).then(
      ([shape]) => shape ?? [],
      () => [],
    )
  return shapesOf(names).catch(async () => {
    const all: number[][] = []
    for (const name of names) all.push(await one(name))
    return all
  })
}

/** Nodes that compute something: constants and placeholders belong to the model and are no maps. */
function nodesOf({ modelTopology }: tf.io.ModelArtifacts): NetworkLayer[] {
  const { node } = modelTopology as { node?: readonly { name: string; op: string }[] }
  return (node ?? [])
    .filter(({ op }) => !['Const', 'Placeholder', 'NoOp'].includes(op))
    .map(({ name, op }) => ({ name, kind: op }))
}

function inputShape(inputs: readonly { name: string; shape: readonly (number | null)[] }[], file: string): InputShape {
  const [input] = inputs
  if (inputs.length > 1) {
    const names = inputs.map(({ name }) => name).join(', ')
    throw unfit(file, `It takes ${inputs.length} inputs (${names}), and there is one clip. Export it with one input.`)
  }
  const [, frames, height, width, channels] = input?.shape ?? []
  if (input?.shape.length !== 5 || channels !== 3)
    throw unfit(file, `It takes [${(input?.shape ?? []).join(', ')}]; clips are [batch, frames, height, width, 3].`)
  const known = [frames, height, width].every((side) => typeof side === 'number' && side > 0)
  if (!known) throw unfit(file, 'Its input has no fixed number of frames, height and width.')
  return { frames: frames as number, height: height as number, width: width as number }
}
