import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine'
import { importModel } from '@main/learning/target/model-import'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { random } from '@main/learning/random'

beforeAll(() => openEngine())

const side = 24
const frames = 3

/** Writes model.json and its weights as TensorFlow.js does. */
function written(
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
async function layersFile(options: { softmax?: boolean; timeStride?: number } = {}): Promise<string> {
  const { softmax = true, timeStride = 1 } = options
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
  const input = tf.input({ shape: [frames, side, side, 3] })
  const first = tf.layers
    .reLU({ name: 'first_relu' })
    .apply(conv('first', [1, 2, 2], 6).apply(input)) as tf.SymbolicTensor
  const second = conv('second', [timeStride, 2, 2], 8).apply(first) as tf.SymbolicTensor
  const flat = tf.layers.flatten({ name: 'flat' }).apply(tf.layers.reLU({ name: 'second_relu' }).apply(second))
  const activation = softmax ? 'softmax' : 'linear'
  const dense = tf.layers.dense({
    name: 'classes',
    units: 4,
    activation,
    kernelInitializer: tf.initializers.heNormal({ seed: 3 }),
  })
  const model = tf.model({ inputs: input, outputs: dense.apply(flat) as tf.SymbolicTensor })
  let saved: tf.io.ModelArtifacts | undefined
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  model.dispose()
  return written(saved!)
}

/** A frozen graph as the converter writes it: convolution, ReLU, mean, matrix product. */
function graphFile(): string {
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

const pixels = () => {
  const stream = random(1)
  return Uint8Array.from({ length: 2 * frames * side * side * 3 }, () => stream.int(256))
}

function outputs(target: TargetClassifier) {
  const input = target.normalise(pixels(), 2)
  const { logits, features } = target.forward(input)
  const p = tf.tidy(() => [...tf.softmax(logits).dataSync()])
  const result = {
    p,
    shapes: features.map(({ shape }) => shape),
    lowest: Math.min(...features.map((f) => f.min().dataSync()[0]!)),
  }
  tf.dispose([input, logits, ...features])
  return result
}

describe('a LayersModel', () => {
  test('is a target: its own probabilities, feature maps after a ReLU, taps by name', async () => {
    const file = await layersFile()
    const target = await importModel(file, { taps: ['second', 'first_relu'] })
    expect(target).toMatchObject({ frames, height: side, width: side, classes: 4 })
    const { p, shapes, lowest } = outputs(target)
    expect(p[0]! + p[1]! + p[2]! + p[3]!).toBeCloseTo(1)
    expect(shapes).toEqual([
      [2, 3, 6, 6, 8],
      [2, 3, 12, 12, 6],
    ])
    expect(lowest).toBe(0)
    target.dispose()
  })

  test('has cells where they are, also where a strided convolution has shifted them', async () => {
    const target = await importModel(await layersFile(), { taps: ['second', 'first_relu'] })
    // TensorFlow pads 'same' at stride 2 on the right only: cell 0 sees pixels 0 to 2, then 0 to 6.
    expect(target.taps[1]).toMatchObject({ rows: 12, cols: 12, strideX: 2, strideY: 2, offsetX: 0.5, offsetY: 0.5 })
    expect(target.taps[0]).toMatchObject({ rows: 6, strideX: 4, offsetX: 1.5, offsetY: 1.5 })
    expect(target.taps[1]?.receptiveField.space).toBe(3)
    expect(target.taps[0]?.receptiveField.space).toBe(7)
    target.dispose()
  })

  test('that puts out logits gives the probabilities of one that ends in a softmax', async () => {
    const [logits, softmax] = await Promise.all([layersFile({ softmax: false }), layersFile()])
    const [a, b] = [await importModel(logits, { taps: ['second'] }), await importModel(softmax, { taps: ['second'] })]
    const [pa, pb] = [outputs(a).p, outputs(b).p]
    pa.forEach((value, i) => expect(value).toBeCloseTo(pb[i]!, 4))
    a.dispose()
    b.dispose()
  })
})

test('a GraphModel is a target too, with nodes as taps', async () => {
  const target = await importModel(graphFile(), {
    taps: ['relu'],
    scale: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  })
  expect(target.classes).toBe(2)
  expect(target.taps[0]).toMatchObject({ rows: side, strideX: 1, offsetX: 0, receptiveField: { space: 3, time: 3 } })
  expect(outputs(target).shapes).toEqual([[2, frames, side, side, 5]])
  target.dispose()
})

describe('a model that cannot be explained is refused with a reason:', () => {
  const refused = (file: string, taps: string[]) =>
    importModel(file, { taps }).then(
      () => 'opened',
      (error: { code: string; data: { reason: string } }) => `${error.code}: ${error.data.reason}`,
    )

  test('a layer it does not have', async () => {
    expect(await refused(await layersFile(), ['third'])).toMatch(
      /^MODEL_UNFIT: It has no layer called third. It has .*second_relu, flat, classes\.$/,
    )
  })
  test('a layer that is no feature map', async () => {
    expect(await refused(await layersFile(), ['flat'])).toMatch(/flat puts out \[1, 864\]; a feature map has five/)
  })
  test('a layer that joins frames', async () => {
    expect(await refused(await layersFile({ timeStride: 2 }), ['second'])).toMatch(/second has 2 frames of 3/)
  })
  test('no layer at all', async () => {
    expect(await refused(await layersFile(), [])).toMatch(/No layer was chosen/)
  })
  test('a file that is not there, is no model, or has lost its weights', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whynot-model-'))
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/cannot be read/)
    writeFileSync(join(folder, 'model.json'), '{"a": 1}')
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/not a model.json of TensorFlow.js/)
    writeFileSync(
      join(folder, 'model.json'),
      '{"modelTopology": {}, "weightsManifest": [{"paths": ["gone.bin"], "weights": []}]}',
    )
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/weights gone.bin cannot be read/)
    writeFileSync(
      join(folder, 'model.json'),
      '{"modelTopology": {}, "weightsManifest": [{"paths": ["../../x"], "weights": []}]}',
    )
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/outside its folder/)
  })
  test('a model of pictures', async () => {
    const model = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'c' })],
    })
    let saved: tf.io.ModelArtifacts | undefined
    await model.save(
      tf.io.withSaveHandler(
        async (a) => ((saved = a), { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }),
      ),
    )
    expect(await refused(written(saved!), ['c'])).toMatch(/It takes \[, 8, 8, 3\]; clips are/)
  })
})
