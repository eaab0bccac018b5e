import { expect, test } from 'vitest'
import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { SampleConfig, sampleTiers, withTier } from '@shared/config/sample'

test.each(Object.entries(classifierPresets))(
  'the classifier preset %s is within the bounds of its settings',
  (_name, { settings }) => {
    expect(() => ClassifierConfig.parse(settings)).not.toThrow()
  },
)

test("the paper's classifier is the paper's: 112 x 112 x 16, SGD .1, momentum .9, decay .001, batch 64", () => {
  const { size, frames, optimizer, learningRate, momentum, weightDecay, batch, fcLayers } = ClassifierConfig.parse(
    classifierPresets.Paper.settings,
  )
  expect([size, frames, optimizer, learningRate, momentum, weightDecay, batch, fcLayers]).toEqual([
    112,
    16,
    'sgd',
    0.1,
    0.9,
    0.001,
    64,
    1,
  ])
})

test('a tier fills in what is left open and yields to what is said', () => {
  expect(withTier(SampleConfig.parse({ tier: 'T3' }))).toMatchObject(sampleTiers.T3)
  expect(withTier(SampleConfig.parse({ tier: 'T3', blur: 0, frames: 24 }))).toMatchObject({
    blur: 0,
    frames: 24,
    pan: 1,
  })
  expect(withTier(SampleConfig.parse({ tier: 'T4' })).frames).toBe(64)
})
