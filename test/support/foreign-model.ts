import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { readSafetensors } from '@main/learning/checkpoint/safetensors'
import { layerList } from '@main/learning/target/layer-list'
import type { ClassifierConfig } from '@shared/config/classifier'
import { random } from '@main/learning/random'

const usual = { frames: 3, side: 24 }

/** Writes model.json and its weights as TensorFlow.js does. */
export function written(
  artifacts: tf.io.ModelArtifacts,
  change: (json: Record<string, unknown>) => void = () => undefined,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-model-'))
  const { weightData, weightSpecs, ...about } = artifacts
  const json = { ...about, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] }
  change(json)
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json))
  writeFileSync(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer))
  return join(folder, 'model.json')
}

/** Two strided convolutions that shift their cells, a dense layer, softmax. */
export async function layersFile(
  options: {
    softmax?: boolean
    timeStride?: number
    frames?: number
    side?: number
    width?: number
    classes?: number
    seed?: number
  } = {},
): Promise<string> {
  const { softmax = true, timeStride = 1, classes = 4, seed = 3 } = options
  const { frames, side } = { ...usual, ...options }
  const { width = side } = options
  const conv = (name: string, strides: [number, number, number], filters: number) =>
    tf.layers.conv3d({
      name,
      filters,
      kernelSize: 3,
      strides,
      padding: 'same',
      activation: 'linear',
      kernelInitializer: tf.initializers.heNormal({ seed: filters }),
    })
  const input = tf.input({ shape: [frames, side, width, 3] })
  const first = tf.layers
    .reLU({ name: 'first_relu' })
    .apply(conv('first', [1, 2, 2], 6).apply(input)) as tf.SymbolicTensor
  const second = conv('second', [timeStride, 2, 2], 8).apply(first) as tf.SymbolicTensor
  const flat = tf.layers.flatten({ name: 'flat' }).apply(tf.layers.reLU({ name: 'second_relu' }).apply(second))
  const activation = softmax ? 'softmax' : 'linear'
  const dense = tf.layers.dense({
    name: 'classes',
    units: classes,
    activation,
    kernelInitializer: tf.initializers.heNormal({ seed }),
  })
  const model = tf.model({ inputs: input, outputs: dense.apply(flat) as tf.SymbolicTensor })
  return written(await saved(model))
}

/** What TensorFlow.js would write of a model, which is then disposed of. */
export async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  model.dispose()
  return artifacts!
}

/** A frozen graph as the converter writes it: convolution, ReLU, mean, matrix product. */
export function graphFile(options: { frames?: number; side?: number } = {}): string {
  const { frames, side } = { ...usual, ...options }
  const stream = random(4)
  const weights = Float32Array.from({ length: 27 * 3 * 5 + 5 * 2 }, () => stream.normal() * 0.2)
  const attr = { T: { type: 'DT_FLOAT' }, dtype: { type: 'DT_FLOAT' } }
  const dim = (...sizes: number[]) => ({ shape: { dim: sizes.map((size) => ({ size: String(size) })) } })
  const placed = { ...attr, shape: dim(-1, frames, side, side, 3) }
  const conv = {
    T: attr.T,
    strides: { list: { i: ['1', '1', '1', '1', '1'] } },
    padding: { s: Buffer.from('SAME').toString('base64') },
    data_format: { s: Buffer.from('NDHWC').toString('base64') },
    dilations: { list: { i: ['1', '1', '1', '1', '1'] } },
  }
  const node = [
    { name: 'clip', op: 'Placeholder', attr: placed },
    { name: 'kernel', op: 'Const', attr },
    { name: 'dense', op: 'Const', attr },
    { name: 'axes', op: 'Const', attr: { dtype: { type: 'DT_INT32' } } },
    { name: 'conv', op: 'Conv3D', input: ['clip', 'kernel'], attr: conv },
    { name: 'relu', op: 'Relu', input: ['conv'], attr: { T: attr.T } },
    {
      name: 'mean',
      op: 'Mean',
      input: ['relu', 'axes'],
      attr: { T: attr.T, Tidx: { type: 'DT_INT32' }, keep_dims: { b: false } },
    },
    {
      name: 'logits',
      op: 'MatMul',
      input: ['mean', 'dense'],
      attr: { T: attr.T, transpose_a: { b: false }, transpose_b: { b: false } },
    },
  ]
  const all = Buffer.concat([Buffer.from(weights.buffer), Buffer.from(Int32Array.of(1, 2, 3).buffer)])
  return written({
    format: 'graph-model',
    generatedBy: 'test',
    convertedBy: 'test',
    modelTopology: { node, library: {}, versions: {} },
    weightSpecs: [
      { name: 'kernel', shape: [3, 3, 3, 3, 5], dtype: 'float32' },
      { name: 'dense', shape: [5, 2], dtype: 'float32' },
      { name: 'axes', shape: [3], dtype: 'int32' },
    ],
    weightData: all.buffer.slice(all.byteOffset, all.byteOffset + all.length),
  })
}

/**
 * A network that was trained here, rebuilt of TensorFlow.js layers with batch norm folded into its convolutions: what
 * somebody who exports it would have. Its stages must be of one width.
 * @param folder of a saved classifier
 */
export async function exportedFile(folder: string): Promise<string> {
  const { config, classes } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    config: ClassifierConfig
    classes: string[]
  }
  const { weights } = readSafetensors(new Uint8Array(readFileSync(join(folder, 'weights.safetensors'))))
  const tensor = (name: string) => {
    const { shape, values } = weights.get(name)!
    return tf.tensor(values, [...shape])
  }
  const conv = (x: tf.SymbolicTensor, name: string, shortcut: tf.SymbolicTensor | null) => {
    const factor = tf.div(tensor(`${name}.gamma`), tf.sqrt(tf.add(tensor(`${name}.variance`), 1e-3)))
    const kernel = tf.mul(tensor(`${name}.kernel`), factor)
    const bias = tf.sub(tensor(`${name}.beta`), tf.mul(tensor(`${name}.mean`), factor))
    const filters = kernel.shape.at(-1)!
    const layer = tf.layers.conv3d({ name, filters, kernelSize: 3, padding: 'same', weights: [kernel, bias] })
    const y = layer.apply(x) as tf.SymbolicTensor
    const sum = shortcut ? (tf.layers.add().apply([y, shortcut]) as tf.SymbolicTensor) : y
    return tf.layers.reLU({ name: `${name}.relu` }).apply(sum) as tf.SymbolicTensor
  }
  const input = tf.input({ shape: [config.frames, config.size, config.size, 3] })
  let [x, shortcut] = [input, input]
  for (const layer of layerList(config)) {
    if (layer.kind === 'pool')
      x = tf.layers.maxPooling3d({ poolSize: [1, 2, 2], strides: [1, 2, 2] }).apply(x) as tf.SymbolicTensor
    else if (layer.name.endsWith('.conv2')) x = conv(x, layer.name, shortcut)
    else [shortcut, x] = [x, conv(x, layer.name, null)]
  }
  const [, frames = 1, rows = 1, cols = 1, channels = 1] = x.shape
  const cells = tf.layers.reshape({ targetShape: [frames! * rows! * cols!, channels!] }).apply(x)
  const mean = tf.layers.globalAveragePooling1d({}).apply(cells as tf.SymbolicTensor)
  const dense = tf.layers.dense({ units: classes.length, weights: [tensor('fc1.kernel'), tensor('fc1.bias')] })
  const outputs = dense.apply(mean as tf.SymbolicTensor) as tf.SymbolicTensor
  return written(await saved(tf.model({ inputs: input, outputs })))
}
