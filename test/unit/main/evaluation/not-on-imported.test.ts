import { expect, test } from 'vitest'
import { notOnImported } from '@main/evaluation/not-on-imported'
import { EvaluationConfig } from '@shared/config/evaluation'

const asked = (settings: object, measured: string[] = [], gradient = true) =>
  notOnImported(
    {
      config: EvaluationConfig.parse(settings),
      columns: measured.map((method) => ({ method, metrics: {} })),
      state: 'done',
    },
    { gradient },
  )

test('what needs no inner layers is measured on any model, and nothing is said', () => {
  expect(asked({ baselines: ['randomTube', 'occlusion', 'positiveOnly'] })).toEqual([])
})

test('heat from the layers behind the map is named in one sentence, and so is the fresh network', () => {
  expect(asked({ baselines: ['gradCam', 'saliencyTube'], sanity: true })).toEqual([
    expect.stringMatching(/^Grad-CAM 3-D, Saliency tube: not available/),
    expect.stringMatching(/fresh network/),
  ])
})

test('a model whose runtime has no gradients is told so before it is measured', () => {
  expect(asked({ baselines: ['gradientInput'] }, [], false)).toEqual([
    'Gradient x input: ONNX Runtime computes no gradients. Left out.',
  ])
})

test('a gradient that the engine could not take is told by its missing column', () => {
  expect(asked({ baselines: ['gradientInput'] }, ['gradientInput'])).toEqual([])
  expect(asked({ baselines: ['gradientInput'] }, ['method'])).toEqual([
    expect.stringMatching(/layer without a gradient on this engine/),
  ])
})
