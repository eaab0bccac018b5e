import { describe, expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '@main/learning/checkpoint/safetensors'
import { explainerOf } from '@main/learning/explainer/explainer-model'
import { featureScales } from '@main/learning/explainer/feature-scale'
import { aPresence } from '../../../../support/a-presence'
import { anExplainer } from '../../../../support/explaining'

describe('an explanation model', () => {
  test('comes back from its weights file as it was', () => {
    const model = anExplainer()
    const { taps, frames, classes, attributes } = model
    const { weights } = readSafetensors(writeSafetensors(model.toWeights()))
    expect(
      explainerOf({ taps, frames, classes, attributes }, { featurePooling: 1, nearTie: 0.25 }, weights).weights,
    ).toEqual(model.weights)
  })

  test('brings its presence head along', () => {
    const { model, head } = aPresence()
    const { weights } = readSafetensors(writeSafetensors(model.toWeights()))
    expect(explainerOf(model, { featurePooling: 1, nearTie: 0.25 }, weights).presence).toEqual(head)
  })

  test('of a file that is older than presence has no head', () => {
    const old = aPresence().model.withPresence(null).toWeights()
    expect([...old.keys()].filter((name) => name.startsWith('presence'))).toEqual([])
    expect(explainerOf(aPresence().model, { featurePooling: 1, nearTie: 0.25 }, old).presence).toBeNull()
  })

  test('refuses half a head', () => {
    const { model } = aPresence()
    const half = new Map([...model.toWeights()].filter(([name]) => name !== 'presence.bias'))
    expect(() => explainerOf(model, { featurePooling: 1, nearTie: 0.25 }, half)).toThrow('nothing for presence.bias')
  })

  test('refuses weights of another shape, and names them', () => {
    const { taps, frames, classes } = anExplainer()
    expect(() =>
      explainerOf(
        { taps, frames, classes, attributes: 5 },
        { featurePooling: 1, nearTie: 0.25 },
        anExplainer().toWeights(),
      ),
    ).toThrow('for tap0.attributes, 90 are needed')
  })

  test('pools features two by two and doubles the cells', () => {
    const model = anExplainer({ rows: 2, cols: 2, channels: 1 }, 2)
    const maps = [Float32Array.of(1, 2, 3, 6, 0, 0, 0, 8, 4, 4, 4, 4)]
    expect([...model.prepare({ maps, probabilities: new Float32Array(3) })[0]!]).toEqual([3, 2, 4])
    expect(model.geometry(0)).toMatchObject({ strideX: 16, strideY: 16 })
    expect(model.grids[0]).toMatchObject({ rows: 1, cols: 1 })
  })

  test('divides each channel by its own scale and centres nothing', () => {
    const model = anExplainer({ rows: 1, cols: 1 })
    model.weights[0]!.scale.set([2, 4])
    const maps = [Float32Array.of(2, 2, 4, 4, 6, 6)]
    expect([...model.prepare({ maps, probabilities: new Float32Array(3) })[0]!]).toEqual([1, 0.5, 2, 1, 3, 1.5])
  })
})

describe('the scale of features', () => {
  test('is the standard deviation of each channel over the clips, never nothing', async () => {
    const clips = [Float32Array.of(0, 5, 2, 5), Float32Array.of(0, 5, 2, 5)]
    const source = { count: 2, get: async (i: number) => ({ maps: [clips[i]!], probabilities: new Float32Array(2) }) }
    const [scale] = await featureScales(source, [2])
    expect(scale![0]).toBeCloseTo(1, 6)
    expect(scale![1]).toBeCloseTo(0.001, 6)
  })
})
