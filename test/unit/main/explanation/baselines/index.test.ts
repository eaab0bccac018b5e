import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baselines } from '@main/explanation/baselines'
import type { BaselineQuestion } from '@main/explanation/baselines/baseline'
import { heatCells } from '@main/explanation/baselines/heat-tube'
import { maskedPixels, regionOf } from '@main/explanation/region'
import { featuresOf, inputOf } from '@main/explanation/classify'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { openEngine } from '@main/learning/engine/open-engine'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import { random } from '@main/learning/random'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { GlassBox } from '@main/studies/t0/glass-box'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { TargetClassifier } from '@main/learning/target/target-classifier'

const search = { movement: 1, link: 'fixed' } as const
let network: C3dResnet
let question: BaselineQuestion

/** A question about a clip of random pixels to an untrained network: what counts here is area, form and bookkeeping. */
async function aQuestion(target: TargetClassifier, pair: { pos: number; neg: number }): Promise<BaselineQuestion> {
  const stream = random(5)
  const pixels = Uint8Array.from({ length: target.frames * target.height * target.width * 3 }, () => stream.int(256))
  const shape = { taps: target.taps, frames: target.frames, classes: target.classes, attributes: 3 }
  const model = newExplainer(shape, ExplainerConfig.parse({}), [])
  const input = inputOf(target, pixels)
  const prepared = model.prepare((await featuresOf(target, [input]))[0]!)
  const size = { frames: target.frames, height: target.height, width: target.width }
  const evidence = ranked(searchAttributes(model, prepared, { ...pair, search, trim: false }), 'min', null)[0]!
  return {
    ...{ target, model, input, prepared, search, stream, ...pair },
    ...{ evidence, region: regionOf(model, evidence.tube.cells, size), size },
    right: [1],
    truth: new Map([[1, Array.from({ length: target.frames }, () => [{ x1: 4, y1: 4, x2: 12, y2: 12 }])]]),
    actor: null,
    guess: () => 2,
  }
}

beforeAll(async () => {
  await openEngine()
  const config = ClassifierConfig.parse({
    size: 64,
    frames: 8,
    stem: 4,
    widths: [4, 4, 8, 8],
    poolAfter: ['stem', 'block1'],
  })
  network = new C3dResnet(config, 4, { mean: [0.5, 0.5, 0.5], deviation: [0.3, 0.3, 0.3] })
  question = await aQuestion(network, { pos: 1, neg: 2 })
})
afterAll(() => network.dispose())

describe('baselines', () => {
  const heatMaps = [
    'gradCam',
    'gradCamDifference',
    'saliencyTube',
    'saliencyDifference',
    'gradientInput',
    'occlusion',
  ] as const

  test.each(heatMaps)('%s gives a tube of the length of the method, and the guessed attribute', async (name) => {
    const answer = (await baselines[name](question))!
    const wanted = question.evidence.tube.cells.length
    expect(answer.attribute).toBe(2)
    expect(Math.abs(answer.region.filter(Boolean).length - wanted)).toBeLessThanOrEqual(1)
  })

  test.each(heatMaps)('%s is named by what lies on its tube, where that is asked', async (name) => {
    const cells: number[] = []
    const guess = (own?: readonly { frame: number }[]) => cells.push(own?.length ?? 0)
    const answer = (await baselines[name]({ ...question, guess }))!
    expect(cells).toEqual([answer.region.filter(Boolean).length])
  })

  test('the differences change with B; the single maps do not', async () => {
    const other = { ...question, neg: 3 }
    expect(await baselines.gradCam(other)).toEqual(await baselines.gradCam(question))
    expect(await baselines.gradCamDifference(other)).not.toEqual(await baselines.gradCamDifference(question))
  })

  test('without the subtraction B does not matter', () => {
    expect(baselines.positiveOnly({ ...question, neg: 0 })).toEqual(baselines.positiveOnly(question))
  })

  test('the true tube is the boxes of a right attribute, and nothing where there is none', () => {
    expect(baselines.trueTube(question)).toMatchObject({ attribute: 1 })
    expect(baselines.trueTube({ ...question, right: [] })).toBeNull()
  })

  test.each(['randomTube', 'centreCrop', 'positiveOnly'] as const)('%s masks as much as the method', async (name) => {
    const { region } = (await baselines[name](question))!
    expect(maskedPixels(region, question.size)).toBe(maskedPixels(question.region, question.size))
  })

  test('the centre crop lies in the middle', async () => {
    const { region } = (await baselines.centreCrop(question))!
    for (const box of region) if (box) expect(Math.abs((box.x1 + box.x2) / 2 - 32)).toBeLessThanOrEqual(0.5)
  })

  test('what needs the head of the network answers nothing for a model whose head is unknown', async () => {
    const box = new GlassBox()
    const about = await aQuestion(box, { pos: 3, neg: 1 })
    expect(await baselines.gradCam(about)).toBeNull()
    expect(await baselines.gradientInput(about)).not.toBeNull()
    box.dispose()
  })
})

test('a heat map with one hot path becomes a tube along it', () => {
  const grid = question.model.grids[0]!
  const heat = new Float32Array(grid.frames * grid.rows * grid.cols)
  for (let t = 0; t < grid.frames; t++) heat[(t * grid.rows + 5) * grid.cols + Math.min(t + 2, grid.cols - 1)] = 10
  const region = regionOf(question.model, heatCells(heat, question)!, question.size)
  const { strideX, strideY } = question.model.geometry(0)
  region.forEach((box, t) => {
    if (!box) return
    expect(Math.abs((box.y1 + box.y2) / 2 - 5.5 * strideY)).toBeLessThanOrEqual(1.5 * strideY)
    expect(Math.abs((box.x1 + box.x2) / 2 - (Math.min(t + 2, grid.cols - 1) + 0.5) * strideX)).toBeLessThanOrEqual(
      2 * strideX,
    )
  })
  expect(region.some(Boolean)).toBe(true)
})
