import { beforeAll, describe, expect, test } from 'vitest'
import { ranked, searchAttributes, searchNegatives } from '@main/explanation/rank-attributes'
import { openEngine } from '@main/learning/engine/open-engine'
import { deltaMaps } from '@main/learning/explainer/delta-maps'
import { random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import { anExplainer } from '../../../support/explaining'

const search = { movement: 1, link: 'fixed' } as const
const model = anExplainer()
const stream = random(3)
const prepared = [Float32Array.from({ length: 3 * 4 * 4 * 2 }, () => Math.max(0, stream.normal()))]
const question = { pos: 0, neg: 2, search, trim: false }

beforeAll(async () => {
  await openEngine()
})

describe('searching attributes', () => {
  test('gives each its maximal and minimal tube and the mean of its maps', () => {
    const evidence = searchAttributes(model, prepared, question)
    expect(evidence.map(({ attribute }) => attribute)).toEqual([0, 1])
    for (const { attribute, score, minScore, mean, tube } of evidence) {
      const maps = deltaMaps(model, prepared, [{ pos: 0, neg: 2, attribute }])[0]!
      expect(score).toBe(bestTube(maps, 1, search).score)
      expect(minScore).toBe(bestTube(maps, -1, search).score)
      expect(tube.score).toBe(score)
      const all = maps.flatMap(({ values }) => [...values])
      expect(mean).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 7)
      expect(tube).toEqual(bestTube(maps, 1, search))
    }
  })

  test('the largest score of a frame is at least that of the tube there', () => {
    for (const { tube, perFrame, map } of searchAttributes(model, prepared, question)) {
      for (const { frame, row, col } of tube.cells)
        expect(perFrame[frame]).toBeGreaterThanOrEqual(map.values[map.offset + (frame * 4 + row) * 4 + col]!)
    }
  })

  test('only the attributes asked for are searched', () => {
    expect(searchAttributes(model, prepared, { ...question, attributes: [1] })).toHaveLength(1)
  })

  test('A against B is B against A with the sign turned: the best for one is the worst for the other', () => {
    const there = searchAttributes(model, prepared, question)
    const back = searchAttributes(model, prepared, { ...question, pos: 2, neg: 0 })
    there.forEach((evidence, s) => expect(evidence.score).toBeCloseTo(-back[s]!.minScore, 5))
  })
})

describe('asking against several classes', () => {
  const links = ['fixed', 'free', 'neighbour'] as const

  test('says of each what asking against it alone says, for every link, movement, and trimmed or not', () => {
    for (const link of links) {
      for (const [movement, trim] of [
        [1, false],
        [2, true],
      ] as const) {
        const options = { ...question, search: { movement, link }, trim }
        const together = searchNegatives(model, prepared, { ...options, negatives: [2, 1] })
        expect(together).toEqual([2, 1].map((neg) => searchAttributes(model, prepared, { ...options, neg })))
      }
    }
  })

  test('no class gives no answer, no attribute an empty one', () => {
    expect(searchNegatives(model, prepared, { ...question, negatives: [] })).toEqual([])
    expect(searchNegatives(model, prepared, { ...question, negatives: [1], attributes: [] })).toEqual([[]])
  })
})

describe('ranking', () => {
  const [a] = searchAttributes(model, prepared, { ...question, attributes: [0] })
  const list = [
    { ...a!, attribute: 4, score: 9, minScore: -3 },
    { ...a!, attribute: 1, score: 2, minScore: 1 },
    { ...a!, attribute: 0, score: 2, minScore: 0 },
  ]

  test('by the minimal tube or by the maximal one; equals in the order of their numbers', () => {
    expect(ranked(list, 'min', null).map(({ attribute }) => attribute)).toEqual([1, 0, 4])
    expect(ranked(list, 'max', null).map(({ attribute }) => attribute)).toEqual([4, 0, 1])
  })
})
