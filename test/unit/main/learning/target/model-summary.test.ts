import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { summarise } from '@main/learning/target/model-summary'
import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'

test.each([
  { head: 'mean', fcLayers: 1 },
  { head: 'mean', fcLayers: 3 },
  { head: 'flatten', fcLayers: 2 },
] as const)('counted parameters are those that a network with head $head and $fcLayers fc layers has', async (head) => {
  await tf.setBackend('cpu')
  const config = ClassifierConfig.parse({ size: 16, frames: 2, stem: 2, widths: [2, 2, 4, 4], fcWidth: 8, ...head })
  const model = new C3dResnet(config, 5, { mean: [0, 0, 0], deviation: [1, 1, 1] })
  const trainable = model.variables().filter((variable) => variable.trainable)
  expect(summarise(config, 5).parameters).toBe(trainable.reduce((sum, { variable }) => sum + variable.size, 0))
  expect(summarise(config, 5).layers.at(-1)).toMatchObject({ output: [5] })
  model.dispose()
})

test('the presets have nothing to warn of', () => {
  for (const { settings } of Object.values(classifierPresets))
    expect(summarise(ClassifierConfig.parse(settings), 8).warnings).toEqual([])
})

test('taps that see less than half the picture are warned of', () => {
  const { warnings } = summarise(ClassifierConfig.parse({ size: 224, poolAfter: ['stem', 'block1', 'block2'] }), 8)
  expect(warnings[0]).toMatch(/A cell of block4.conv2 sees 98 of 224 pixels/)
})

test('a grid too coarse to say where is warned of', () => {
  const { warnings } = summarise(ClassifierConfig.parse({ size: 16 }), 8)
  expect(warnings[0]).toMatch(/2 x 2 cells/)
})
