import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { importModel, reopenModel } from '@main/learning/target/model-import'
import { inspectModel } from '@main/learning/target/model-inspect'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { random } from '@main/learning/random'
import { graphFile, layersFile, saved, written } from '../../../../support/foreign-model'

beforeAll(() => openEngine())

const side = 24
const frames = 3

const pixels = () => {
  const stream = random(1)
  return Uint8Array.from({ length: 2 * frames * side * side * 3 }, () => stream.int(256))
}

async function outputs(target: TargetClassifier) {
  const [both, size] = [pixels(), frames * side * side * 3]
  const clips = [0, 1].map((i) => target.inputOf(both.subarray(i * size, (i + 1) * size)))
  const { logits, maps } = await target.features(clips)
  return {
    p: tf.tidy(() => [...tf.softmax(tf.tensor(logits.values, [...logits.shape])).dataSync()]),
    shapes: maps.map(({ shape }) => shape),
    lowest: Math.min(...maps.map(({ values }) => values.reduce((a, b) => Math.min(a, b)))),
  }
}

describe('a LayersModel', () => {
  test('is a target: its own probabilities, feature maps after a ReLU, taps by name', async () => {
    const file = await layersFile()
    const target = await importModel(file, { taps: ['second', 'first_relu'] })
    expect(target).toMatchObject({ frames, height: side, width: side, classes: 4 })
    const { p, shapes, lowest } = await outputs(target)
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
    const [pa, pb] = [(await outputs(a)).p, (await outputs(b)).p]
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
  expect((await outputs(target)).shapes).toEqual([[2, frames, side, side, 5]])
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
    expect(await refused(await layersFile(), ['classes'])).toMatch(/classes puts out \[1, 4\]; a feature map has five/)
  })
  test('a layer that joins all frames', async () => {
    expect(await refused(await layersFile({ timeStride: 3 }), ['second'])).toMatch(/second has 1 of 3 frames/)
  })
  test('no layer at all', async () => {
    expect(await refused(await layersFile(), [])).toMatch(/No layer was chosen/)
  })
  test('a file that is not there, is no model, or has lost its weights', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whynot-model-'))
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/cannot be read: there is none of this name/)
    expect(await refused(folder, ['a'])).toMatch(/it is a folder/)
    writeFileSync(join(folder, 'model.json'), '{"modelTopology": {')
    expect(await refused(join(folder, 'model.json'), ['a'])).toMatch(/is no JSON/)
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
  test('weights that are a pipe, which would be waited for', async () => {
    const file = await layersFile()
    const weights = join(dirname(file), 'weights.bin')
    rmSync(weights)
    execFileSync('mkfifo', [weights])
    expect(await refused(file, ['second'])).toMatch(/Its weights weights.bin cannot be read/)
  })
  test('two inputs', async () => {
    const input = (name: string) => tf.input({ name, shape: [frames, side, side, 3] })
    const [a, b] = [input('fast'), input('slow')]
    const sum = tf.layers.add().apply([a, b]) as tf.SymbolicTensor
    const outputs = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(sum)) as tf.SymbolicTensor
    const file = written(await saved(tf.model({ inputs: [a, b], outputs })))
    await expect(inspectModel({ path: file })).rejects.toMatchObject({
      data: { reason: expect.stringMatching(/takes 2 inputs \(fast\S*, slow\S*\).*Export it with one input/) },
    })
  })
  test('a map that never responds', async () => {
    const input = tf.input({ shape: [frames, side, side, 3] })
    const dead = tf.layers.conv3d({
      name: 'dead',
      filters: 2,
      kernelSize: 3,
      padding: 'same',
      kernelInitializer: 'zeros',
    })
    const flat = tf.layers.flatten().apply(dead.apply(input)) as tf.SymbolicTensor
    const file = written(
      await saved(tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor })),
    )
    expect(await refused(file, ['dead'])).toMatch(/dead puts out the same for every clip/)
  })
  test('several lists of classes, until it is said which', async () => {
    const input = tf.input({ shape: [frames, side, side, 3] })
    const map = tf.layers.conv3d({ name: 'map', filters: 2, kernelSize: 3 }).apply(input) as tf.SymbolicTensor
    const flat = tf.layers.flatten().apply(map) as tf.SymbolicTensor
    const dense = (name: string, activation: 'softmax' | 'sigmoid') =>
      tf.layers.dense({ name, units: 2, activation }).apply(flat) as tf.SymbolicTensor
    const outputs = [dense('verb', 'softmax'), dense('noun', 'sigmoid')]
    const file = written(await saved(tf.model({ inputs: input, outputs })))
    const reason = await inspectModel({ path: file }).catch((error: { data: { reason: string } }) => error.data.reason)
    const [, listed = ''] = /It has 2 outputs \((.*)\): say which one/.exec(String(reason)) ?? []
    const names = listed.split(', ')
    expect(names).toHaveLength(2)
    const kinds = []
    for (const classOutput of names) kinds.push((await inspectModel({ path: file, classOutput })).output)
    expect(kinds).toEqual(['probabilities', 'sigmoid'])
  })
  test('weights that are no numbers', async () => {
    const file = await layersFile()
    const weights = join(dirname(file), 'weights.bin')
    writeFileSync(weights, Buffer.alloc(readFileSync(weights).length, 0xff))
    expect(await refused(file, ['second'])).toMatch(/is no number: its weights are damaged/)
    await expect(inspectModel({ path: file })).rejects.toMatchObject({ code: 'MODEL_UNFIT' })
  })
  test('pictures that are not square, as soon as it is looked at', async () => {
    await expect(inspectModel({ path: await layersFile({ width: 32 }) })).rejects.toMatchObject({
      data: { reason: 'It sees pictures of 32 x 24; clips are cut square.' },
    })
  })
  test('a model of pictures', async () => {
    const model = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'c' })],
    })
    expect(await refused(written(await saved(model)), ['c'])).toMatch(/It takes \[, 8, 8, 3\]; clips are/)
  })
})

describe('what a model is, is told before it is brought in:', () => {
  test('layers with their outputs, which of them can be feature maps, and which are proposed', async () => {
    const facts = await inspectModel({ path: await layersFile() })
    expect(facts).toMatchObject({ format: 'layers-model', frames, height: side, width: side, classes: 4 })
    expect(facts.output).toBe('probabilities')
    const maps = facts.layers.filter(({ isMap }) => isMap).map(({ name }) => name)
    expect(maps).toEqual(['first', 'first_relu', 'second', 'second_relu'])
    expect(facts.layers.find(({ name }) => name === 'flat')).toMatchObject({ kind: 'Flatten', output: [864] })
    // The map before the last convolution has other cells.
    expect(facts.proposed).toEqual(['second_relu'])
  })

  test('of a graph, nodes that compute something', async () => {
    const facts = await inspectModel({ path: graphFile() })
    expect(facts).toMatchObject({ format: 'graph-model', classes: 2, output: 'logits', proposed: ['relu'] })
    expect(facts.layers.map(({ name, isMap }) => [name, isMap])).toEqual([
      ['conv', true],
      ['relu', true],
      ['mean', false],
      ['logits', false],
    ])
  })

  test('a layer that joins all frames is no feature map, one that joins some is', async () => {
    const { layers, proposed } = await inspectModel({ path: await layersFile({ timeStride: 3 }) })
    expect(layers.find(({ name }) => name === 'second')).toMatchObject({ output: [1, 6, 6, 8], isMap: false })
    expect(proposed).toEqual(['first_relu'])
    expect((await inspectModel({ path: await layersFile({ timeStride: 2 }) })).proposed).toEqual(['second_relu'])
  })

  test('a second convolution of the same grid proposes what goes into it', async () => {
    const input = tf.input({ shape: [frames, side, side, 3] })
    const conv = (name: string) => tf.layers.conv3d({ name, filters: 2, kernelSize: 3, padding: 'same' })
    const relu = (name: string) => tf.layers.reLU({ name })
    const [a, b] = [conv('a').apply(input), relu('a_relu')] as [tf.SymbolicTensor, tf.layers.Layer]
    const second = relu('b_relu').apply(conv('b').apply(b.apply(a) as tf.SymbolicTensor)) as tf.SymbolicTensor
    const classes = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(second)) as tf.SymbolicTensor
    const file = written(await saved(tf.model({ inputs: input, outputs: classes })))
    expect((await inspectModel({ path: file })).proposed).toEqual(['b_relu', 'a_relu'])
  })
})

describe('a model of Keras opens and runs', () => {
  /** Convolution and batch norm with moments of its own, as Keras writes it. */
  async function normed(change?: Parameters<typeof written>[1]) {
    const input = tf.input({ name: 'clip', shape: [frames, side, side, 3] })
    const conv = tf.layers.conv3d({ name: 'conv', filters: 2, kernelSize: 3, padding: 'same' }).apply(input)
    const norm = tf.layers.batchNormalization({
      name: 'norm',
      gammaInitializer: tf.initializers.constant({ value: 3 }),
      movingMeanInitializer: tf.initializers.constant({ value: -2 }),
      movingVarianceInitializer: tf.initializers.constant({ value: 4 }),
    })
    const map = tf.layers.reLU({ name: 'map' }).apply(norm.apply(conv as tf.SymbolicTensor)) as tf.SymbolicTensor
    const outputs = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(map)) as tf.SymbolicTensor
    return written(await saved(tf.model({ inputs: input, outputs })), change)
  }

  test('with batch norm of clips', async () => {
    const target = await importModel(await normed(), { taps: ['norm', 'conv'] })
    const clip = Float32Array.from({ length: frames * side * side * 3 }, (_, i) => Math.sin(i))
    const { maps } = await target.features([clip])
    const raw = maps[1]!
    expect(maps[0]!.shape).toEqual(raw.shape)
    // Where the convolution is positive, so is the norm of it: 3 * (x + 2) / sqrt(4 + .001).
    raw.values.forEach((x, i) => x > 0 && expect(maps[0]!.values[i]).toBeCloseTo((3 * (x + 2)) / Math.sqrt(4.001), 3))
    target.dispose()
  })

  test('with the topology of Keras 3: batch_shape, types as objects, ways as arguments', async () => {
    const file = await normed((json) => {
      const model = json.modelTopology as KerasModel
      for (const layer of model.config.layers) {
        const { batch_input_shape: shape, ...rest } = layer.config
        layer.config = { ...rest, ...(shape ? { batch_shape: shape } : {}), dtype: policy }
        layer.inbound_nodes = layer.inbound_nodes.map((call) => ({
          args: call.map(([name, node, tensor]) => ({
            class_name: '__keras_tensor__',
            config: { keras_history: [name, node, tensor] },
          })),
          kwargs: {},
        })) as never
      }
      model.config.input_layers = model.config.input_layers[0] as never
      model.config.output_layers = model.config.output_layers[0] as never
    })
    const [three, two] = [
      await importModel(file, { taps: ['map'] }),
      await importModel(await normed(), { taps: ['map'] }),
    ]
    expect(three.taps).toEqual(two.taps)
    three.dispose()
    two.dispose()
  })

  test('or is refused with the layer that does not run', async () => {
    const input = tf.input({ shape: [frames, side, side, 3] })
    const map = tf.layers.conv3d({ name: 'map', filters: 2, kernelSize: 3 }).apply(input) as tf.SymbolicTensor
    const outputs = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(map)) as tf.SymbolicTensor
    const file = written(await saved(tf.model({ inputs: input, outputs })), (json) => {
      const model = json.modelTopology as KerasModel
      model.config.layers[1]!.class_name = 'Levitate'
    })
    await expect(inspectModel({ path: file })).rejects.toMatchObject({
      data: { reason: expect.stringMatching(/Unknown layer: Levitate/) },
    })
  })
})

const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null }

interface KerasModel {
  config: {
    layers: {
      class_name: string
      config: Record<string, unknown>
      inbound_nodes: [string, number, number][][]
    }[]
    input_layers: unknown[]
    output_layers: unknown[]
  }
}

test('opened again with what an import found, a model says the same without probing', async () => {
  const file = await layersFile()
  const first = await importModel(file, { taps: ['second'] })
  const scale = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const
  const again = await reopenModel(file, { taps: first.taps, output: first.output, scale })
  expect(again.taps).toEqual(first.taps)
  expect((await outputs(again)).p).toEqual((await outputs(first)).p)
  first.dispose()
  again.dispose()
})
