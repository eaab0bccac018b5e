import { afterAll, beforeAll, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import { bestAnswers } from '@main/explanation/answers'
import { featuresOf, inputOf } from '@main/explanation/classify'
import { secondOpinion } from '@main/explanation/second-opinion'
import { tubeOverlap } from '@main/explanation/tube-overlap'
import { openEngine } from '@main/learning/engine/open-engine'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import type { PresenceHead } from '@main/learning/explainer/presence/presence-head'
import { random } from '@main/learning/random'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { ClassifierConfig } from '@shared/config/classifier'

const attributes = 3
let target: TargetClassifier
beforeAll(async () => {
  await openEngine()
  const config = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'] }
  target = new C3dResnet(ClassifierConfig.parse(config), 3, { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] })
})
afterAll(() => target.dispose())

/** A clip, what the model says of it, and a head that answers with `bias` alone. */
async function asked(bias: readonly number[] | null) {
  const stream = random(3)
  const pixels = Uint8Array.from({ length: 8 * 32 * 32 * 3 }, () => stream.int(256))
  const input = inputOf(target, pixels)
  const [features] = await featuresOf(target, [input])
  const shape = { taps: target.taps, frames: target.frames, classes: 3, attributes }
  const kernels = newExplainer(shape, ExplainerConfig.parse({}), [])
  const head: PresenceHead | null = bias && {
    words: kernels.grids.map(({ channels }) => new Float32Array(attributes * 9 * channels)),
    ...{ bias: Float32Array.from(bias), prior: new Float32Array(3 * attributes).fill(0.5), nearTie: 0.25 },
  }
  const model = kernels.withPresence(head)
  const prepared = model.prepare(features!)
  const search = { movement: 1, link: 'fixed' } as const
  const question = { pos: 0, neg: 1, search }
  const [evidence] = bestAnswers(model, prepared, {
    ...{ ...question, trim: false, select: 'min', tubes: 'own', count: 1 },
  })
  const size = { frames: 8, height: 32, width: 32 }
  return { ...question, target, model, input, prepared, evidence: evidence!, size }
}

test('it has the length of the method’s own tube, and names the word that is surest there', async () => {
  const question = await asked([0.1, 2, -1])
  const found = await secondOpinion(question)
  expect(found).toMatchObject({ attribute: 1 })
  expect(found?.presence).toBeCloseTo(2.5)
  const frames = found!.region.filter(Boolean).length
  expect(Math.abs(frames - question.evidence.tube.cells.length)).toBeLessThanOrEqual(1)
})

test('only words that may be named are', async () => {
  expect(await secondOpinion({ ...(await asked([0.1, 2, -1])), words: [0, 2] })).toMatchObject({ attribute: 0 })
})

test('asking why B, and not A, points elsewhere', async () => {
  const question = await asked([0, 0, 0])
  const [there, back] = [await secondOpinion(question), await secondOpinion({ ...question, pos: 1, neg: 0 })]
  expect(tubeOverlap(there!.region, back!.region)).toBeLessThan(1)
})

test('without presence it knows a place and no name, and without the layers behind the map nothing', async () => {
  const question = await asked(null)
  expect(await secondOpinion(question)).toMatchObject({ attribute: null, presence: null })
  const headless = Object.create(target, { head: { value: undefined } }) as TargetClassifier
  expect(await secondOpinion({ ...question, target: headless })).toBeNull()
})
