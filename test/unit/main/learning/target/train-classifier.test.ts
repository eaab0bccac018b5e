import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { readSafetensors, type WeightArray, writeSafetensors } from '@main/learning/checkpoint/safetensors'
import type { ClipSource } from '@main/learning/clip-source'
import { openEngine } from '@main/learning/engine/open-engine'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { layerList, trainingBytes } from '@main/learning/target/layer-list'
import {
  type ClassifierCheckpoint,
  type ClassifierMetrics,
  type ClassifierTraining,
  trainClassifier,
} from '@main/learning/target/train-classifier'
import { relabelFor, sampleSource } from '@main/sample/shape-acts'
import { ClassifierConfig } from '@shared/config/classifier'
import { SampleConfig } from '@shared/config/sample'

const sample = SampleConfig.parse({ removable: 2, size: 32, cell: 8, frames: 4, train: 20, test: 8 })
const config = ClassifierConfig.parse({
  ...{ size: 32, frames: 4, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'] },
  ...{ epochs: 3, batch: 8, erase: 0.5, crop: 0.1, seed: 3 },
})
const training = (changes: Partial<ClassifierTraining> = {}): ClassifierTraining => ({
  config,
  train: sampleSource(sample, 'train'),
  validation: sampleSource(sample, 'test'),
  relabel: relabelFor(sample),
  ...changes,
})

/** All parameters and running moments, as a file. */
const fileOf = (model: C3dResnet) =>
  writeSafetensors(
    new Map(
      model.variables().map(({ name, variable }): [string, WeightArray] => {
        return [name, { shape: variable.shape, values: variable.dataSync<'float32'>().slice() }]
      }),
    ),
  )

async function weightsOf(changes: Partial<ClassifierTraining> = {}): Promise<Uint8Array> {
  const { model } = await trainClassifier(training(changes))
  const file = fileOf(model)
  model.dispose()
  return file
}

/** Whether the network runs in the native engine's fused units, which need less memory. */
const fused = () => tf.getBackend() === 'tensorflow'

beforeAll(() => openEngine())

test('the same seed gives the same weights, byte for byte; another seed gives others', async () => {
  const first = await weightsOf()
  expect(await weightsOf()).toEqual(first)
  expect(await weightsOf({ config: { ...config, seed: 4 } })).not.toEqual(first)
})

test.each(['sgd', 'adam'] as const)(
  'a run that goes on from a checkpoint ends with the weights of one that never stopped (%s)',
  async (optimizer) => {
    const settings = { ...config, optimizer, learningRate: optimizer === 'sgd' ? 0.05 : 0.001 }
    const saved: { epoch: number; weights: Uint8Array; state: Uint8Array; scale: C3dResnet['scale'] }[] = []
    const onCheckpoint = ({ epoch, model, optimizer: state }: ClassifierCheckpoint) => {
      saved.push({ epoch, weights: fileOf(model), state: writeSafetensors(state), scale: model.scale })
    }
    const whole = await weightsOf({ config: settings, onCheckpoint })
    for (const { epoch, weights, state, scale } of saved.slice(0, 2)) {
      const model = new C3dResnet(settings, 4, scale)
      const found = readSafetensors(weights).weights
      for (const { name, variable } of model.variables()) {
        const { shape, values } = found.get(name)!
        tf.tidy(() => variable.assign(tf.tensor(values, [...shape])))
      }
      const resume = { epoch, model, optimizer: readSafetensors(state).weights }
      expect(await weightsOf({ config: settings, resume })).toEqual(whole)
    }
  },
)

test('the loss falls on clips that it can learn by heart', async () => {
  const losses: number[] = []
  const onMetrics = ({ values }: ClassifierMetrics) => 'loss' in values && losses.push(values.loss!)
  const easy = { ...config, epochs: 12, erase: 0, crop: 0, flip: false, learningRate: 0.05 }
  const { model } = await trainClassifier(training({ config: easy, onMetrics }))
  model.dispose()
  expect(losses.at(-1)).toBeLessThan(0.6 * losses[0]!)
})

test('balanced class weights change nothing where classes are equal, and find the rare one where they are not', async () => {
  const plain = { ...config, epochs: 8, erase: 0, crop: 0, flip: false, learningRate: 0.05 }
  const balanced = { ...plain, classWeights: 'balanced' as const }
  const all = sampleSource(sample, 'train')
  // Five of each of four classes.
  expect(await weightsOf({ config: { ...balanced, epochs: 1 }, train: all })).toEqual(
    await weightsOf({ config: { ...plain, epochs: 1 }, train: all }),
  )
  const rare = part(all, (i) => all.label(i) === 0 || i === all.count - 1)
  const lossOfRare = async (settings: ClassifierConfig) => {
    const { model } = await trainClassifier(training({ config: settings, train: rare, validation: undefined }))
    const { pixels } = await rare.read([rare.count - 1], { kind: 'window', index: 0, of: 1 })
    const { logits } = await model.features([model.inputOf(pixels)])
    model.dispose()
    const [common = 0, other = 0] = [logits.values[0], logits.values[all.label(all.count - 1)]]
    return common - other
  }
  expect(await lossOfRare(balanced)).toBeLessThan(await lossOfRare(plain))
})

test('curves, progress and checkpoints are reported as they come', async () => {
  const metrics: ClassifierMetrics[] = []
  const progress: [number, number][] = []
  const epochs: number[] = []
  const accuracies: (number | null)[] = []
  const { model } = await trainClassifier(
    training({
      onMetrics: (point) => metrics.push(point),
      onProgress: (done, total) => progress.push([done, total]),
      onCheckpoint: ({ epoch, validationAccuracy, optimizer }) => {
        epochs.push(epoch)
        accuracies.push(validationAccuracy)
        expect(validationAccuracy).toBeGreaterThanOrEqual(0)
        expect(optimizer.get('steps')?.values[0]).toBe(3 * epoch)
      },
    }),
  )
  model.dispose()
  expect(epochs).toEqual([1, 2, 3])
  expect(progress).toEqual(Array.from({ length: 9 }, (_, i) => [i + 1, 9]))
  const tests = metrics.filter(({ values }) => 'validationAccuracy' in values)
  expect(tests.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  expect(tests.map(({ values }) => values.validationAccuracy)).toEqual(accuracies)
  const steps = metrics.filter(({ values }) => 'loss' in values)
  for (const { values } of steps) {
    expect(values.clipsPerSecond).toBeGreaterThan(0)
    expect(values.memoryMb).toBeGreaterThan(50)
    expect(values.trainAccuracy).toBeLessThanOrEqual(1)
  }
})

describe('a batch that is too large for the memory budget', () => {
  test('is cut into parts, each clip read once and in as many steps', async () => {
    const parts: number[][] = []
    const source = sampleSource(sample, 'train')
    const read: ClipSource['read'] = (indices, draw) => {
      if (draw.kind === 'random') parts.push([...indices])
      return source.read(indices, draw)
    }
    const done: number[] = []
    const memoryBudget = (3.5 * trainingBytes(layerList(config), config, { fused: fused() })) / 1e6
    const budget = { ...config, epochs: 1, memoryBudget }
    const { model } = await trainClassifier(
      training({ config: budget, train: { ...source, read }, onProgress: (step) => done.push(step) }),
    )
    model.dispose()
    expect(parts.map(({ length }) => length)).toEqual([3, 3, 2, 3, 3, 2, 3, 1])
    expect(parts.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(done).toEqual([1, 2, 3])
  })

  test('is refused when a single clip does not fit, with the megabytes it needs', async () => {
    const run = trainClassifier(training({ config: { ...config, memoryBudget: 0.1 } }))
    await expect(run).rejects.toMatchObject({ code: 'OUT_OF_MEMORY', data: { needed: fused() ? 1 : 3, budget: 0.1 } })
  })
})

describe('a run that fails', () => {
  test('because its loss is no number any more says so, with the step', async () => {
    const run = trainClassifier(training({ config: { ...config, learningRate: 1e30, warmup: 0, weightDecay: 0.1 } }))
    await expect(run).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' })
  })

  test('because it was stopped ends between two steps', async () => {
    const stop = new AbortController()
    let steps = 0
    const run = trainClassifier(
      training({
        config: { ...config, epochs: 1000 },
        signal: stop.signal,
        onProgress: () => {
          // From outside, as a message would: training must let it through.
          if (++steps === 2) setTimeout(() => stop.abort(), 0)
        },
      }),
    )
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(steps).toBeLessThan(20)
  })

  test('because a clip cannot be read passes the reason on, and leaves no tensor behind', async () => {
    const source = sampleSource(sample, 'train')
    const read: ClipSource['read'] = async (indices, draw) => {
      if (draw.kind === 'random' && draw.epoch === 1) throw new Error('the disk is gone')
      return source.read(indices, draw)
    }
    const before = tf.memory().numTensors
    await expect(trainClassifier(training({ train: { ...source, read } }))).rejects.toThrow('the disk is gone')
    expect(tf.memory().numTensors).toBe(before)
  })
})

test('without videos put aside, none is measured and no epoch stands out', async () => {
  const seen: (number | null)[] = []
  const points: ClassifierMetrics[] = []
  const { model } = await trainClassifier(
    training({
      validation: undefined,
      onCheckpoint: ({ validationAccuracy }) => void seen.push(validationAccuracy),
      onMetrics: (point) => points.push(point),
    }),
  )
  model.dispose()
  expect(seen).toEqual([null, null, null])
  expect(points.some(({ values }) => 'validationAccuracy' in values)).toBe(false)
})

/** Some videos of a source. */
function part(source: ClipSource, has: (i: number) => boolean): ClipSource {
  const kept = Array.from({ length: source.count }, (_, i) => i).filter(has)
  const at = (i: number) => kept[i] as number
  return {
    ...{ count: kept.length, classes: source.classes, attributes: source.attributes },
    label: (i) => source.label(at(i)),
    assigned: (i) => source.assigned(at(i)),
    read: (indices, draw, signal) => source.read(indices.map(at), draw, signal),
  }
}
