import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate, type EvaluationInput } from '@main/evaluation/evaluate'
import type { OutcomeRow } from '@main/evaluation/outcome-row'
import { ncaHit } from '@main/evaluation/summary'
import { openEngine } from '@main/learning/engine/open-engine'
import { newExplainer } from '@main/learning/explainer/explainer-model'
import { GlassBox } from '@main/studies/t0/glass-box'
import { t0Attributes, t0Clip } from '@main/studies/t0/t0-clips'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'

let target: GlassBox
beforeAll(async () => {
  await openEngine()
  target = new GlassBox()
})
afterAll(() => target.dispose())

const clips = Array.from({ length: 8 }, (_, i) => t0Clip(0, 'test', i + 7))

/** An untrained explainer: its answers are no good, its bookkeeping is all there. */
function anEvaluation(config: object, more: Partial<EvaluationInput> = {}): EvaluationInput {
  const shape = { taps: target.taps, frames: target.frames, classes: target.classes, attributes: t0Attributes() }
  return {
    target,
    explainer: newExplainer(shape, ExplainerConfig.parse({}), []),
    clips: { count: clips.length, get: async (i) => ({ video: `clip ${i}`, actor: null, ...clips[i]! }) },
    reference: Array.from({ length: 64 }, (_, i) => t0Clip(0, 'train', i)),
    config: EvaluationConfig.parse(config),
    search: { movement: 1, link: 'fixed' },
    ...more,
  }
}

describe('an evaluation', () => {
  test('asks against the negatives with the largest probability', async () => {
    const { rows } = await evaluate(anEvaluation({ pairs: 'top', negatives: 2 }))
    for (const [video, own] of Map.groupBy(rows, (row) => row.video)) {
      const asked = new Set(own.map(({ neg }) => neg))
      expect([video, asked.size]).toEqual([video, 2])
      const lowest = Math.min(...own.map(({ negBefore }) => negBefore))
      // Nobody else is likelier: what is left of 1 beside A and the two asked holds only smaller ones.
      const largestTwo = new Map(own.map((row) => [row.neg, row.negBefore]))
      const rest = 1 - own[0]!.posBefore - [...largestTwo.values()].reduce((a, b) => a + b, 0)
      expect(rest).toBeLessThanOrEqual(13 * lowest + 1e-6)
    }
  })

  test('remove-1 pairs lack exactly one attribute, whose boxes are the true tube', async () => {
    const { rows } = await evaluate(anEvaluation({ pairs: 'remove1' }))
    const oracle = rows.filter(({ method }) => method === 'trueTube')
    expect(oracle.length).toBeGreaterThan(8)
    expect(oracle.every(({ right, iou, pos, neg }) => right && iou === 1 && (pos & neg) === neg)).toBe(true)
    const hits = oracle.map((row) => ncaHit(row, 1)!)
    expect(hits.reduce((a, b) => a + b, 0) / hits.length).toBeGreaterThan(0.95)
  })

  test('every method answers every pair, the random tube as long as the method', async () => {
    const { rows, columns } = await evaluate(anEvaluation({ pairs: 'remove1' }))
    const pairs = (method: string) => new Set(rows.filter((r) => r.method === method).map((r) => `${r.video} ${r.neg}`))
    const own = pairs('method')
    for (const { method } of columns) expect(pairs(method)).toEqual(own)
    const length = (method: string) =>
      rows.filter((r) => r.method === method && r.rank === 0).map((r) => r.region.filter(Boolean).length)
    expect(length('randomTube')).toEqual(length('method'))
  })

  test('the count of every number is the number of rows behind it', async () => {
    const { rows, columns } = await evaluate(anEvaluation({ pairs: 'remove1' }))
    const best = rows.filter((row) => row.method === 'method' && row.rank === 0)
    expect(columns.find(({ method }) => method === 'method')!.metrics.ncaTop1!.count).toBe(best.length)
  })

  test('the prior of a pair names an attribute and no place: it has no number that needs a mask', async () => {
    const { columns } = await evaluate(anEvaluation({ pairs: 'remove1' }))
    const prior = columns.find(({ method }) => method === 'classPrior')!
    expect(Object.keys(prior.metrics)).toEqual(['rightAttribute'])
  })

  test('the same seed gives the same rows, another seed another random tube', async () => {
    const first = await evaluate(anEvaluation({ pairs: 'remove1', seed: 3 }))
    expect(await evaluate(anEvaluation({ pairs: 'remove1', seed: 3 }))).toEqual(first)
    const other = await evaluate(anEvaluation({ pairs: 'remove1', seed: 4 }))
    expect(other.rows).not.toEqual(first.rows)
  })

  test('with curves, every best output of a ranked method has its deletion, insertion and union', async () => {
    const { rows, columns } = await evaluate(anEvaluation({ pairs: 'remove1', curves: true, top: [1, 2] }))
    const best = rows.filter((row) => row.method === 'method' && row.rank === 0)
    for (const { curves } of best) {
      expect(curves!.deletion).toBeLessThanOrEqual(1)
      expect(curves!.insertion).toBeGreaterThanOrEqual(0)
    }
    const column = columns.find(({ method }) => method === 'method')!
    expect(column.metrics.deletionArea!.count).toBe(best.length)
    expect(column.metrics.unionNcaTop1!.count).toBe(best.length)
  })

  test('asked to mask each output, every rank has a rank of B, and the best k together have one too', async () => {
    const config = { pairs: 'remove1', baselines: ['randomTube', 'centreCrop'], top: [1, 2] } as const
    const { rows } = await evaluate(anEvaluation({ ...config, eachOutput: true }))
    const best = await evaluate(anEvaluation(config))
    const plain = (row: OutcomeRow) => ({ ...row, unionNegRank: null, unionNegTies: null })
    const firsts = rows.filter(({ rank }) => rank === 0).map(plain)
    expect(firsts, 'the best ones are those of any evaluation').toEqual(best.rows.filter(({ rank }) => rank === 0))
    for (const row of rows) {
      const masked = row.method !== 'classPrior'
      expect([row.method, row.negRank !== null, row.negTies !== null]).toEqual([row.method, masked, masked])
      if (row.rank === 0 && masked)
        expect([row.unionNegRank, row.unionNegTies], 'one tube is its own union').toEqual([row.negRank, row.negTies])
    }
    const ranksOf = (method: string) => [...new Set(rows.filter((r) => r.method === method).map(({ rank }) => rank))]
    expect(['method', 'selectByMax', 'randomTube', 'centreCrop'].map(ranksOf)).toEqual([[0, 1], [0, 1], [0, 1], [0]])
    expect(rows.filter(({ rank }) => rank === 1).every(({ unionNegRank }) => unionNegRank !== null)).toBe(true)
  })

  test('no pair to ask is refused, stopping is heard', async () => {
    const none = { count: 1, get: async () => ({ video: 'x', actor: null, ...t0Clip(0, 'test', 0) }) }
    await expect(evaluate(anEvaluation({ pairs: 'remove1' }, { clips: none }))).rejects.toMatchObject({
      code: 'NOTHING_TO_EVALUATE',
    })
    await expect(evaluate(anEvaluation({}, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'INTERRUPTED',
    })
  })

  test('random, centre crop and positive-only mask as many pixels as the method, and each number has its area', async () => {
    const { rows, columns } = await evaluate(
      anEvaluation({ pairs: 'remove1', baselines: ['randomTube', 'centreCrop', 'positiveOnly'] }),
    )
    for (const method of ['method', 'randomTube', 'centreCrop', 'positiveOnly']) {
      const own = rows.filter((row) => row.method === method && row.rank === 0)
      expect(new Set(own.map(({ area }) => area))).toEqual(new Set([1]))
      expect(columns.find((column) => column.method === method)!.metrics.areaRatio).toMatchObject({ value: 1 })
    }
  })

  test('a limit on the pairs is a seeded draw among all of them', async () => {
    const clipsOf = async (config: object) => {
      const { rows } = await evaluate(anEvaluation({ pairs: 'all', maxPairs: 6, baselines: [], ...config }))
      return [...new Set(rows.map(({ video, neg }) => `${video} ${neg}`))]
    }
    const [some, same, other] = [await clipsOf({ seed: 1 }), await clipsOf({ seed: 1 }), await clipsOf({ seed: 2 })]
    expect(some).toHaveLength(6)
    expect(same).toEqual(some)
    expect(other).not.toEqual(some)
    expect(new Set(some.map((pair) => pair.split(' ')[1])).size).toBeGreaterThan(2)
  })

  test('a limit does not change what is said of the classifier', async () => {
    const all = await evaluate(anEvaluation({ pairs: 'all', baselines: [] }))
    const few = await evaluate(anEvaluation({ pairs: 'all', maxPairs: 3, baselines: [] }))
    expect(few.accuracy).toBe(all.accuracy)
    expect(few.confidence).toBeCloseTo(all.confidence, 6)
  })

  test('words that no training clip had are never said, by either rule', async () => {
    const level = { threshold: 4, rate: 0.05, without: 100, with: 100, separation: 1 }
    const wordClips = Array.from({ length: t0Attributes() }, (_, s) => (s < 2 ? 0 : 30))
    const classSets = Array.from({ length: target.classes }, (_, c) => [c])
    const facts = { wordClips, classSets, evidence: { min: level, max: level } }
    const { rows } = await evaluate(anEvaluation({ pairs: 'all', baselines: [] }, { facts }))
    const said = rows.filter(({ method }) => method === 'method' || method === 'selectByMax')
    expect(said.length).toBeGreaterThan(100)
    expect(said.some(({ attribute }) => attribute < 2)).toBe(false)
  })

  test('between classes of equal attributes no card counts as evidence, however large its score', async () => {
    const level = { threshold: -1e9, rate: 0.05, without: 100, with: 100, separation: 1 }
    const wordClips = Array.from({ length: t0Attributes() }, () => 30)
    const classSets = Array.from({ length: target.classes }, () => [0])
    const facts = { wordClips, classSets, evidence: { min: level, max: level } }
    const { rows } = await evaluate(anEvaluation({ pairs: 'all', baselines: [] }, { facts }))
    expect(rows.filter(({ supported }) => supported)).toEqual([])
    expect(rows.filter(({ method, supported }) => method === 'method' && supported === false).length).toBeGreaterThan(
      100,
    )
  })

  test('where no clip has boxes, concept accuracy is not measured', async () => {
    const get = async (i: number) => ({ video: `clip ${i}`, ...clips[i]!, actor: null, truth: new Map() })
    const { columns } = await evaluate(anEvaluation({ pairs: 'top' }, { clips: { count: clips.length, get } }))
    for (const { metrics } of columns)
      expect(Object.keys(metrics).filter((key) => key.startsWith('concept'))).toEqual([])
  })
})
