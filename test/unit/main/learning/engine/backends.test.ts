import * as tf from '@tensorflow/tfjs'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { batchNormTraining } from '@main/learning/engine/ops/batch-norm'
import { ensureEngine } from '@main/learning/engine/install/ensure-engine'
import { maxPoolSpace } from '@main/learning/engine/ops/max-pool-space'
import { openEngine } from '@main/learning/engine/open-engine'

/** Values and gradients of one differentiable function of seeded inputs, as plain numbers. */
type Probe = () => { value: number[]; gradients: number[][] }

function probe(f: (...inputs: tf.Tensor[]) => tf.Tensor, shapes: number[][]): Probe {
  return () =>
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => fixed(shape, i + 1))
      const dy = fixed(f(...inputs).shape, 77)
      const gradients = tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.mul(f(...xs), dy)))(inputs)
      return { value: [...f(...inputs).dataSync()], gradients: gradients.map((g) => [...g.dataSync()]) }
    })
}

/** Values alone, where a backend refuses the gradient. */
function valueOnly(f: (...inputs: tf.Tensor[]) => tf.Tensor, shapes: number[][]): Probe {
  return () =>
    tf.tidy(() => ({ value: [...f(...shapes.map((shape, i) => fixed(shape, i + 1))).dataSync()], gradients: [] }))
}

/** Normalised pictures alone; the moments are the caller's to dispose of. */
function normalised(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { y, mean, variance } = batchNormTraining(x as tf.Tensor4D, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3)
  tf.dispose([mean, variance])
  return y
}

/** The same numbers on every backend, whatever its own random generator does. */
function fixed(shape: number[], seed: number): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1)
  const values = Float32Array.from(
    { length: count },
    (_, i) => Math.sin(1.7 * i + seed) + 0.3 * Math.cos(0.31 * i * seed),
  )
  return tf.tensor(values, shape)
}

const conv = (pad: 'same' | 'valid', strides: number) => (x: tf.Tensor, w: tf.Tensor) =>
  tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, strides, pad)

const probes: Record<string, Probe> = {
  'conv3d, 3x3x3, same': probe(conv('same', 1), [
    [2, 4, 6, 5, 3],
    [3, 3, 3, 3, 4],
  ]),
  'conv3d, 3x3x3, valid': probe(conv('valid', 1), [
    [2, 4, 6, 5, 3],
    [3, 3, 3, 3, 4],
  ]),
  'conv3d, 1x3x2, same': probe(conv('same', 1), [
    [2, 3, 5, 6, 2],
    [1, 3, 2, 2, 3],
  ]),
  'conv3d, 3x1x1, same': probe(conv('same', 1), [
    [1, 5, 3, 2, 2],
    [3, 1, 1, 2, 3],
  ]),
  'conv3d, 2x2x2, an even filter': probe(conv('same', 1), [
    [2, 4, 5, 5, 1],
    [2, 2, 2, 1, 2],
  ]),
  'conv3d, 1x1x1': probe(conv('same', 1), [
    [1, 3, 4, 4, 3],
    [1, 1, 1, 3, 5],
  ]),
  'conv3d of stride 2, value': valueOnly(conv('same', 2), [
    [1, 4, 6, 6, 2],
    [3, 3, 3, 2, 3],
  ]),
  'conv2d, same': probe(
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'),
    [
      [3, 6, 5, 3],
      [3, 3, 3, 4],
    ],
  ),
  'conv2d, stride 2': probe(
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'),
    [
      [3, 7, 6, 3],
      [3, 3, 3, 4],
    ],
  ),
  'max pooling in space': probe((x) => maxPoolSpace(x as tf.Tensor5D, 2), [[2, 3, 4, 6, 3]]),
  'max pooling in space, sides that do not divide': probe((x) => maxPoolSpace(x as tf.Tensor5D, 2), [[1, 2, 5, 7, 2]]),
  'max pooling by 3': probe((x) => maxPoolSpace(x as tf.Tensor5D, 3), [[2, 1, 6, 9, 2]]),
  'batch norm of a training batch': probe(normalised, [[4, 3, 3, 5], [5], [5]]),
  'softmax cross-entropy': probe((x) => tf.losses.softmaxCrossEntropy(tf.oneHot([0, 2, 1], 3), x), [[3, 3]]),
  'rows gathered by index': probe((x) => tf.gather(x, tf.tensor1d([0, 2, 2, 1], 'int32')), [[4, 3, 2]]),
}

const expected: Record<string, ReturnType<Probe>> = {}
const here: Record<'tensorflow' | 'wasm', boolean> = { tensorflow: false, wasm: true }

beforeAll(async () => {
  await openEngine({ backend: 'cpu' })
  for (const [name, run] of Object.entries(probes)) expected[name] = run()
  here.tensorflow = (await ensureEngine({ install: false })).folder !== null
})

describe.each(['tensorflow', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    if (here[backend]) await openEngine({ backend })
  })

  beforeEach(({ skip }) => skip(!here[backend], 'the native engine is not installed (`npm run engine`)'))

  test('the engine says what it is', async () => {
    const engine = await openEngine({ backend })
    expect(engine).toMatchObject({ backend, cores: expect.any(Number), device: expect.stringMatching(/./) })
    expect(engine.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(tf.getBackend()).toBe(backend)
  })

  test.each(Object.keys(probes))('%s: value and gradients equal plain JavaScript', (name) => {
    const { value, gradients } = probes[name]!()
    expectClose(value, expected[name]!.value)
    gradients.forEach((gradient, i) => expectClose(gradient, expected[name]!.gradients[i]!))
  })

  test.each(Object.keys(probes))('%s: the same bytes every time', (name) => {
    expect(probes[name]!()).toEqual(probes[name]!())
  })

  test('moments of a training batch have the unbiased variance', () => {
    const { mean, variance } = batchNormTraining(
      tf.tensor4d([1, 2, 3, 6], [4, 1, 1, 1]),
      tf.tensor1d([1]),
      tf.tensor1d([0]),
      1e-3,
    )
    expect(mean.dataSync()[0]).toBeCloseTo(3, 5)
    expect(variance.dataSync()[0]).toBeCloseTo(14 / 3, 4)
  })

  test('no tensor is left behind', () => {
    const before = tf.memory().numTensors
    for (const run of Object.values(probes)) run()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('on WebAssembly, what is not covered is refused and never computed wrongly', () => {
  beforeAll(() => openEngine({ backend: 'wasm' }))

  test('the gradient of a strided 3-D convolution', () => {
    const run = probe(conv('same', 2), [
      [1, 4, 6, 6, 2],
      [3, 3, 3, 2, 3],
    ])
    expect(run).toThrow(/gradient of a strided 3-D convolution is not there on WebAssembly/)
  })

  test('the gradient of max pooling with overlap', () => {
    const run = probe((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same'), [[1, 6, 6, 2]])
    expect(run).toThrow(/gradient of max pooling with overlap or padding is not there/)
  })
})

function expectClose(actual: number[], wanted: number[]) {
  expect(actual).toHaveLength(wanted.length)
  const scale = Math.max(1, ...wanted.map(Math.abs))
  const worst = Math.max(...actual.map((a, i) => Math.abs(a - wanted[i]!)))
  expect(worst / scale).toBeLessThan(2e-5)
}
