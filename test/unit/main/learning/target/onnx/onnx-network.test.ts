import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { writeNpy } from '@main/learning/npy'
import { random } from '@main/learning/random'
import { importModel, reopenModel } from '@main/learning/target/model-import'
import { inspectModel } from '@main/learning/target/model-inspect'
import { modelFiles, openNetwork } from '@main/learning/target/model-network'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { modelType } from '@main/learning/target/onnx/onnx-schema'
import { onnxFile } from '../../../../../support/onnx-model'

beforeAll(() => openEngine())

const [frames, side] = [4, 24]

function aClip(target: Pick<TargetClassifier, 'frames' | 'height' | 'width'>, seed = 1): Float32Array {
  const stream = random(seed)
  return Float32Array.from({ length: target.frames * target.height * target.width * 3 }, () => stream.normal())
}

const refused = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: { code: string; data: { reason: string } }) => `${error.code}: ${error.data?.reason ?? String(error)}`,
  )

describe('a model of ONNX', () => {
  test('is looked at: input, outputs, tensors that can be feature maps, and those proposed', async () => {
    const facts = await inspectModel({ path: onnxFile() })
    expect(facts).toMatchObject({
      ...{ format: 'onnx', axes: 'NCTHW', frames, height: side, width: side, classes: 3, output: 'logits' },
      ...{ classOutput: 'logits', outputs: ['logits'], names: null, scale: null, proposed: ['second_relu'] },
    })
    expect(facts.layers.filter(({ isMap }) => isMap).map(({ name, output }) => [name, output])).toEqual([
      ['first', [4, 12, 12, 6]],
      ['first_relu', [4, 12, 12, 6]],
      ['second', [4, 6, 6, 8]],
      ['second_relu', [4, 6, 6, 8]],
    ])
  })

  test('is a target: logits with its inner maps, channels last, and its cells where they are', async () => {
    const target = await importModel(onnxFile(), { taps: ['second_relu', 'first_relu'] })
    expect(target).toMatchObject({ frames, height: side, classes: 3, capabilities: { gradient: false, head: false } })
    expect(target.taps[0]).toMatchObject({ rows: 6, strideX: 4, offsetX: -1.5, receptiveField: { space: 7, time: 5 } })
    expect(target.taps[1]).toMatchObject({ rows: 12, strideX: 2, offsetX: -0.5, receptiveField: { space: 3, time: 3 } })
    const { logits, maps } = await target.features([aClip(target), aClip(target, 2)])
    expect(logits.shape).toEqual([2, 3])
    expect(maps.map(({ shape }) => shape)).toEqual([
      [2, 4, 6, 6, 8],
      [2, 4, 12, 12, 6],
    ])
    expect((await target.predict([aClip(target, 2)])).values).toEqual(logits.values.slice(3))
    target.dispose()
  })

  test('with a stride in time has frames of its own, and says which of the clip each stands for', async () => {
    const path = onnxFile({ timeStride: 2, frames: 12 })
    const { proposed } = await inspectModel({ path })
    const target = await importModel(path, { taps: proposed })
    expect(target.taps[0]).toMatchObject({ name: 'second_relu', time: { frames: 6, stride: 2, offset: -0.5 } })
    target.dispose()
  })

  test.each([
    ['channels last', 'NTHWC', ['N', frames, side, side, 3]],
    ['frames before channels', 'NTCHW', ['N', frames, 3, side, side]],
    ['an axis of clips', 'N1CTHW', ['N', 1, 3, frames, side, side]],
  ] as const)('with %s gives what the plain one gives', async (_, axes, input) => {
    const perm = { NTHWC: [0, 4, 1, 2, 3], NTCHW: [0, 2, 1, 3, 4], N1CTHW: [] }[axes]
    const turn =
      axes === 'N1CTHW'
        ? { kind: 'Squeeze', inputs: ['given', 'one'], output: 'clip' }
        : { kind: 'Transpose', inputs: ['given'], output: 'clip', attributes: { perm } }
    const path = onnxFile({
      change: ({ nodes, weights, ...model }) => ({
        ...model,
        inputs: { given: input },
        nodes: [turn, ...nodes],
        weights: new Map([...weights, ['one', { shape: [1], values: BigInt64Array.of(1n) }]]),
      }),
    })
    expect(await inspectModel({ path })).toMatchObject({ axes, frames, height: side })
    const [plain, turned] = [await openNetwork(onnxFile()), await openNetwork(path)]
    const clip = { values: aClip(plain.input && { ...plain.input }), shape: [1, frames, side, side, 3] }
    const [a, b] = [await plain.run(clip, 'logits', ['second']), await turned.run(clip, 'logits', ['second'])]
    expect(b.map(({ shape }) => shape)).toEqual(a.map(({ shape }) => shape))
    b.forEach(({ values }, i) => values.forEach((v, k) => expect(v).toBeCloseTo(a[i]!.values[k]!, 5)))
    plain.dispose()
    turned.dispose()
  })

  test('of one clip at a time is handed its clips one by one', async () => {
    const [open, fixed] = [onnxFile(), onnxFile({ input: [1, 3, frames, side, side] })]
    const [a, b] = [await importModel(open, { taps: ['second'] }), await importModel(fixed, { taps: ['second'] })]
    const clips = [aClip(a), aClip(a, 2), aClip(a, 3)]
    const [of, one] = [await a.features(clips), await b.features(clips)]
    expect(one.maps[0]!.shape).toEqual(of.maps[0]!.shape)
    one.logits.values.forEach((v, i) => expect(v).toBeCloseTo(of.logits.values[i]!, 5))
    a.dispose()
    b.dispose()
  })

  test('that leaves frames and size open is told them', async () => {
    const path = onnxFile({ input: ['N', 3, 'T', 'H', 'W'] })
    expect(await refused(inspectModel({ path }))).toMatch(/say how many frames and pixels clips have/)
    expect(await inspectModel({ path, frames: 6, size: 32 })).toMatchObject({ frames: 6, height: 32, classes: 3 })
    const target = await importModel(path, { taps: ['second'], frames: 6, size: 32 })
    const again = await reopenModel(path, { ...target, scale: { mean: [0, 0, 0], deviation: [1, 1, 1] }, size: 32 })
    expect((await again.features([aClip(again)])).maps[0]!.shape).toEqual([1, 6, 8, 8, 8])
    target.dispose()
    again.dispose()
  })

  test('says its classes and its pixel scale in its metadata', async () => {
    const path = onnxFile({
      change: (model) => ({
        ...model,
        metadata: { names: "{0: 'run', 1: 'jump', 2: 'swim'}", mean: '[123.675, 116.28, 103.53]', std: '[58, 57, 57]' },
      }),
    })
    const { names, scale } = await inspectModel({ path })
    expect(names).toEqual(['run', 'jump', 'swim'])
    expect(scale!.mean.map((v) => v.toFixed(3))).toEqual(['0.485', '0.456', '0.406'])
  })

  test('that ends in a softmax or a sigmoid says so, and gives the same order of classes as its logits', async () => {
    const plain = await importModel(onnxFile(), { taps: ['second'] })
    const clip = aClip(plain)
    const { values: logits } = await plain.predict([clip])
    for (const [kind, output] of [
      ['Softmax', 'probabilities'],
      ['Sigmoid', 'sigmoid'],
    ] as const) {
      const target = await importModel(onnxFile({ end: [{ kind, inputs: ['logits'], output: 'p' }] }), {
        taps: ['second'],
      })
      expect(target.output).toBe(output)
      const { values } = await target.predict([clip])
      const apart = (list: Float32Array) => list[0]! - list[1]!
      expect(apart(values)).toBeCloseTo(apart(logits), 4)
      target.dispose()
    }
    plain.dispose()
  })

  test('with weights in a file beside it is one model of two files, and one whose weights lie outside is refused', async () => {
    const path = withExternalWeights('net.data')
    expect(await modelFiles(path)).toEqual(['net.onnx', 'net.data'])
    const [target, whole] = [
      await importModel(path, { taps: ['second'] }),
      await importModel(onnxFile(), { taps: ['second'] }),
    ]
    expect((await target.predict([aClip(target)])).values).toEqual((await whole.predict([aClip(whole)])).values)
    target.dispose()
    whole.dispose()
    expect(await refused(inspectModel({ path: withExternalWeights('../out.data') }))).toMatch(/outside its folder/)
  })
})

describe('its sample', () => {
  const sampleOf = (input: Float32Array, output: Float32Array) => {
    const file = join(mkdtempSync(join(tmpdir(), 'whynot-npz-')), 'sample.npz')
    const npy = (shape: number[], values: Float32Array) => new Uint8Array(writeNpy({ shape, values }, 'fp32'))
    const arrays = {
      'input.npy': npy([1, 3, frames, side, side], input),
      'output.npy': npy([1, output.length], output),
    }
    writeFileSync(file, zipSync(arrays))
    return file
  }

  test('agrees, or the model is refused with how far it is off', async () => {
    const target = await importModel(onnxFile(), { taps: ['second'] })
    const clip = aClip(target)
    const { values } = await target.predict([clip])
    const first = new Float32Array(clip.length)
    const places = clip.length / 3
    for (let c = 0; c < 3; c++) for (let i = 0; i < places; i++) first[c * places + i] = clip[i * 3 + c]!
    expect(await target.check(sampleOf(first, values))).toBeLessThan(1e-6)
    const off = sampleOf(
      first,
      values.map((v) => v + 0.5),
    )
    expect(await refused(target.check(off))).toMatch(/off by 0\.500: it is another model/)
    expect(await refused(target.check(onnxFile()))).toMatch(/is no \.npz of NumPy/)
    target.dispose()
  })
})

describe('a model of ONNX that does not fit is refused with the reason:', () => {
  test('bytes that are none', async () => {
    const file = onnxFile()
    writeFileSync(file, 'hello')
    expect(await refused(inspectModel({ path: file }))).toMatch(/not a model of ONNX/)
    const cut = onnxFile()
    writeFileSync(cut, readFileSync(cut).subarray(0, 2000))
    expect(await refused(inspectModel({ path: cut }))).toMatch(/not a model of ONNX|does not open it/)
  })
  test('two inputs', async () => {
    const path = onnxFile({
      change: (model) => ({ ...model, inputs: { ...model.inputs, slow: ['N', 3, 2, side, side] } }),
    })
    expect(await refused(inspectModel({ path }))).toMatch(/It takes 2 inputs \(clip, slow\)/)
  })
  test('pictures instead of clips', async () => {
    expect(await refused(inspectModel({ path: onnxFile({ input: ['N', 3, side, side] }) }))).toMatch(
      /is \[N, 3, 24, 24\]; clips are \[batch, 3, frames/,
    )
  })
  test('several outputs, until it is said which', async () => {
    const path = onnxFile({
      change: (model) => ({
        ...model,
        outputs: { logits: ['N', 3], aux: ['N', 3] },
        nodes: [...model.nodes, { kind: 'MatMul', inputs: ['mean', 'dense'], output: 'aux' }],
      }),
    })
    expect(await refused(inspectModel({ path }))).toMatch(/2 outputs \(logits, aux\): say which one/)
    expect(await inspectModel({ path, classOutput: 'aux' })).toMatchObject({ classOutput: 'aux', classes: 3 })
  })
  test('an operation that nobody knows', async () => {
    const path = onnxFile({ end: [{ kind: 'Levitate', inputs: ['logits'], output: 'p' }] })
    expect(await refused(inspectModel({ path }))).toMatch(/ONNX Runtime does not open it: .*Levitate/)
  })
  test('a layer that feeds itself, and layers in a circle', async () => {
    const circle = (from: string) =>
      onnxFile({
        change: (model) => ({
          ...model,
          nodes: model.nodes.map((node) => (node.output === 'first_relu' ? { ...node, inputs: [from] } : node)),
        }),
      })
    expect(await refused(inspectModel({ path: circle('first_relu') }))).toMatch(/ONNX Runtime does not open it/)
    expect(await refused(inspectModel({ path: circle('second_relu') }))).toMatch(/ONNX Runtime does not open it/)
  })
  test('a map that never responds', async () => {
    const path = onnxFile({
      change: (model) => ({
        ...model,
        weights: new Map(
          [...model.weights].map(([name, { shape, values }]) => [
            name,
            { shape, values: name === 'k2' ? (values as Float32Array).map(() => 0) : values },
          ]),
        ),
      }),
    })
    expect(await refused(importModel(path, { taps: ['second_relu'] }))).toMatch(/puts out the same for every clip/)
  })
})

interface Initializer {
  name: string
  rawData?: Uint8Array
  externalData?: { key: string; value: string }[]
  dataLocation?: number
}

/** The model with its second kernel in a file of its own. */
function withExternalWeights(location: string): string {
  const file = onnxFile()
  const type = modelType()
  const model = type.toObject(type.decode(readFileSync(file))) as { graph: { initializer: Initializer[] } }
  const kernel = model.graph.initializer.find(({ name }) => name === 'k2')!
  writeFileSync(join(dirname(file), location), kernel.rawData!)
  kernel.externalData = [{ key: 'location', value: location }]
  kernel.dataLocation = 1
  delete kernel.rawData
  writeFileSync(file, type.encode(type.fromObject(model)).finish())
  return file
}
