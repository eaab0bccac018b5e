import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import {
  ImportedModelConfig,
  ImportedModelSettings,
  importedConfig,
  pixelScale,
  trainedConfig,
} from '@shared/config/imported-model'

const settings = (more: object = {}) => ImportedModelSettings.parse({ taps: ['relu'], ...more })
const brought = ImportedModelConfig.parse({
  ...settings(),
  ...{ kind: 'imported', source: '/m/model.json', format: 'graph-model', size: 32, frames: 8, output: 'logits' },
  maps: [],
})

test('a run is a network trained here or a model brought in, and never both', () => {
  expect([trainedConfig(brought), importedConfig(brought)]).toEqual([null, brought])
  const trained = ClassifierConfig.parse({})
  expect([trainedConfig(trained), importedConfig(trained)]).toEqual([trained, null])
  expect([trainedConfig(null), importedConfig(undefined)]).toEqual([null, null])
})

test('a named pixel scale stands for its numbers; custom takes what is given', () => {
  expect(pixelScale(settings({ scale: '-1..1' }))).toEqual({ mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] })
  const custom = settings({ scale: 'custom', mean: [0.1, 0.2, 0.3], deviation: [2, 2, 2] })
  expect(pixelScale(custom)).toEqual({ mean: [0.1, 0.2, 0.3], deviation: [2, 2, 2] })
})
