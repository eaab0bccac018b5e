import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { probeTap } from '@main/learning/target/probe-tap'
import { ClassifierConfig } from '@shared/config/classifier'

const scale = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] } as const
const small = { size: 32, frames: 4, stem: 2, widths: [2, 2, 4, 4], poolAfter: ['stem', 'block1'] } as const

const build = (settings: object = {}, classes = 3) =>
  new C3dResnet(ClassifierConfig.parse({ ...small, ...settings }), classes, scale)

beforeAll(() => openEngine())

/** All kernels positive: whatever sees the bright pixel answers, and nothing else does. */
function positive(model: C3dResnet): void {
  for (const { name, variable } of model.variables())
    if (name.endsWith('.kernel')) tf.tidy(() => variable.assign(tf.fill(variable.shape, 0.1)))
}

function mapsOf(model: C3dResnet, pixel: { t: number; y: number; x: number }): tf.Tensor5D[] {
  const { frames, height, width } = model
  const input = tf.buffer([1, frames, height, width, 3])
  input.set(1, 0, pixel.t, pixel.y, pixel.x, 1)
  return tf.tidy(() => model.forward(input.toTensor() as tf.Tensor5D).features)
}

test.each([
  { y: 0, x: 0, taps: 2 },
  { y: 13, x: 22, taps: 2 },
  { y: 31, x: 5, taps: 2 },
  { y: 13, x: 22, taps: 4 },
])(
  'a bright pixel at ($y, $x) wakes exactly the cells whose receptive field holds it, of $taps taps',
  ({ y, x, taps }) => {
    const model = build({ taps })
    positive(model)
    const maps = mapsOf(model, { t: 1, y, x })
    model.taps.forEach((tap, k) => {
      const values = (maps[k] as tf.Tensor5D).arraySync()[0]!
      const reach = tap.receptiveField.space / 2
      const sees = (cell: number, place: number) =>
        Math.abs((cell + 0.5) * tap.strideX + tap.offsetX - (place + 0.5)) < reach
      for (let i = 0; i < tap.rows; i++)
        for (let j = 0; j < tap.cols; j++)
          expect([i, j, values[1]![i]![j]![0]! > 0]).toEqual([i, j, sees(i, y) && sees(j, x)])
    })
    tf.dispose(maps)
    model.dispose()
  },
)

test('the cell that answers most to a bright pixel is the one that it lies in', () => {
  const model = build()
  positive(model)
  const { strideX, cols } = model.taps[0]!
  for (const cell of [0, 2, 4, cols - 1]) {
    const maps = mapsOf(model, { t: 2, y: cell * strideX + 1, x: cell * strideX + 2 })
    const values = (maps[0] as tf.Tensor5D).arraySync()[0]![2]!
    const sums = values.map((row) => row.map((cells) => cells[0]!))
    const best = sums.flat().indexOf(Math.max(...sums.flat()))
    // Cells at the border have fewer ways to a pixel; one cell inwards is as far as that moves the largest answer.
    expect(Math.abs(Math.floor(best / cols) - cell)).toBeLessThanOrEqual(1)
    expect(Math.abs((best % cols) - cell)).toBeLessThanOrEqual(1)
    tf.dispose(maps)
  }
  model.dispose()
})

test('geometry computed from the layers is what an experiment on the network finds', async () => {
  const model = build({ size: 48, frames: 24 })
  for (const [k, tap] of model.taps.entries()) {
    const map = async (clip: Float32Array) => (await model.features([clip])).maps[k]!
    expect(await probeTap(tap.name, map, { frames: 24, height: 48, width: 48 })).toEqual(tap)
  }
  model.dispose()
})

test('the same weights are explained by two or by four convolutions, whose maps may differ in size', async () => {
  const two = build({ poolAfter: ['stem', 'block1', 'block3'] })
  const four = C3dResnet.from(two, { ...two.config, taps: 4 }, two.classes)
  expect(four.taps.map(({ name, rows }) => [name, rows])).toEqual([
    ['block4.conv2', 4],
    ['block4.conv1', 4],
    ['block3.conv2', 8],
    ['block3.conv1', 8],
  ])
  const clip = Float32Array.from({ length: 4 * 32 * 32 * 3 }, (_, i) => Math.sin(i))
  const [few, many] = [await two.features([clip]), await four.features([clip])]
  expect(many.logits).toEqual(few.logits)
  expect(many.maps.slice(0, 2)).toEqual(few.maps)
  expect(many.maps.map(({ shape }) => shape.slice(2, 4))).toEqual(four.taps.map(({ rows, cols }) => [rows, cols]))
  two.dispose()
  four.dispose()
})

test('time is never pooled, and both taps come after their ReLU', () => {
  const model = build()
  const output = model.forward(tf.randomNormal([2, 4, 32, 32, 3], 0, 1, 'float32', 1))
  for (const map of output.features) {
    expect(map.shape).toEqual([2, 4, 8, 8, 4])
    expect(Math.min(...map.dataSync())).toBe(0)
  }
  expect(output.logits.shape).toEqual([2, 3])
  tf.dispose([output.logits, ...output.features])
  model.dispose()
})

test.each([1, 2, 3])(
  'with %i fully connected layers and a flattened map it still gives a value per class',
  (fcLayers) => {
    const model = build({ fcLayers, head: 'flatten', fcWidth: 8 }, 4)
    const logits = tf.tidy(() => model.forward(tf.ones([1, 4, 32, 32, 3])).logits)
    expect(logits.shape).toEqual([1, 4])
    expect(model.variables().filter(({ name }) => name.startsWith('fc'))).toHaveLength(2 * fcLayers)
    logits.dispose()
    model.dispose()
  },
)

test('the mean colour is 0 to the network', () => {
  const model = new C3dResnet(ClassifierConfig.parse(small), 2, {
    mean: [51 / 255, 102 / 255, 0],
    deviation: [1, 1, 1],
  })
  const pixels = new Uint8Array(4 * 32 * 32 * 3).map((_, i) => [51, 102, 0][i % 3]!)
  const input = model.inputOf(pixels)
  expect(Math.max(...input.map(Math.abs))).toBeLessThan(1e-7)
  model.dispose()
})

test('the same seed gives the same start, another seed another', () => {
  const kernelOf = (seed: number) => {
    const model = build({ seed })
    const values = [...model.variables()[0]!.variable.dataSync()]
    model.dispose()
    return values
  }
  expect(kernelOf(1)).toEqual(kernelOf(1))
  expect(kernelOf(1)).not.toEqual(kernelOf(2))
})

test('batch norm and biases are spared by weight decay, running moments are not trained', () => {
  const model = build()
  const decaying = model.variables().filter(({ decays }) => decays)
  expect(decaying.every(({ name }) => name.endsWith('.kernel'))).toBe(true)
  expect(decaying).toHaveLength(10)
  expect(
    model
      .variables()
      .filter(({ trainable }) => !trainable)
      .every(({ name }) => /mean|variance/.test(name)),
  ).toBe(true)
  model.dispose()
})

test('running moments move a tenth of the way to those of a batch', () => {
  const model = build()
  const before = tf.memory().numTensors
  const input = tf.randomNormal<tf.Rank.R5>([2, 4, 32, 32, 3], 0, 1, 'float32', 3)
  const held: ReturnType<C3dResnet['forwardTraining']>[] = []
  tf.tidy(() => {
    held.push(model.forwardTraining(input))
  })
  const { moments } = held[0]!
  const [first] = moments
  const batchMean = [...first!.mean.dataSync()]
  model.updateMoments(moments)
  const running = [
    ...model
      .variables()
      .find(({ name }) => name === 'stem.mean')!
      .variable.dataSync(),
  ]
  running.forEach((value, i) => expect(value).toBeCloseTo(0.1 * batchMean[i]!, 5))
  tf.dispose(input)
  expect(tf.memory().numTensors).toBe(before)
  model.dispose()
})

test('a block that narrows is refused', () => {
  const model = build({ widths: [4, 2, 4, 4] })
  expect(() => tf.tidy(() => model.forward(tf.ones([1, 4, 32, 32, 3])).logits.dataSync())).toThrow(
    /widths must not fall/,
  )
  model.dispose()
})

test('a network that starts from another one has its weights at a larger picture, and an object counts as much as before', () => {
  const first = build()
  const larger = C3dResnet.from(first, ClassifierConfig.parse({ ...small, size: 64, seed: 9 }), 3)
  const values = (network: C3dResnet, name: string) =>
    network
      .variables()
      .find((v) => v.name === name)!
      .variable.dataSync<'float32'>()
      .slice()
  expect(values(larger, 'block4.conv2.kernel')).toEqual(values(first, 'block4.conv2.kernel'))
  // Four times as many cells in the mean.
  expect(values(larger, 'fc1.kernel')).toEqual(values(first, 'fc1.kernel').map((v) => v * 4))
  expect(larger.scale).toEqual(first.scale)
  first.dispose()
  expect(values(larger, 'fc1.bias')).toHaveLength(3)
  larger.dispose()
})

test('starting from a network of other layers or classes is refused, and leaves nothing in memory', () => {
  const first = build()
  const before = tf.memory().numTensors
  const refused = 'has other layers or classes (fc1.kernel does not fit)'
  expect(() => C3dResnet.from(first, first.config, 4)).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
  expect(() => C3dResnet.from(first, { ...first.config, fcLayers: 2 }, 3)).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ reason: expect.stringContaining(refused) }) }),
  )
  expect(tf.memory().numTensors).toBe(before)
  first.dispose()
})
