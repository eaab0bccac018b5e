import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { featuresOf, inputOf } from '@main/explanation/classify'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { openEngine } from '@main/learning/engine/open-engine'
import { runT0, type T0Run } from '@main/studies/t0/proof'
import {
  isSameSet,
  isSupported,
  type TrainingFacts,
  trainedWords,
  trainingFacts,
} from '@main/evaluation/training-facts'
import { isSuperset } from '@shared/class-attributes'
import { t0Clip } from '@main/studies/t0/t0-clips'

const level = (threshold: number | null) => ({ threshold, rate: 0.05, without: 100, with: 100, separation: 1 })
const facts = (threshold: number | null): TrainingFacts => ({
  wordClips: [12, 0, 3],
  classSets: [[0, 2], [0], [0, 2]],
  evidence: { min: level(threshold), max: level(threshold) },
})

describe('what a model can be asked', () => {
  test('a word that no training clip had is never ranked', () => {
    expect(trainedWords(facts(1))).toEqual([0, 2])
    expect(trainedWords(null)).toBeUndefined()
  })

  test('classes of equal attributes are told from others', () => {
    expect(isSameSet(facts(1), 0, 2)).toBe(true)
    expect(isSameSet(facts(1), 0, 1)).toBe(false)
    expect(isSameSet(null, 0, 2)).toBe(false)
  })

  test('a card is evidence above the level, and never between classes of equal attributes', () => {
    const asked = { pos: 0, neg: 1, select: 'min' as const }
    expect(isSupported(facts(4), { score: 4.1, ...asked })).toBe(true)
    expect(isSupported(facts(4), { score: 3.9, ...asked })).toBe(false)
    expect(isSupported(facts(4), { score: 400, pos: 0, neg: 2, select: 'min' })).toBe(false)
  })

  test('without a level the sign decides, and a level below zero calls nothing evidence that speaks for B', () => {
    expect(isSupported(facts(null), { score: 0.1, pos: 0, neg: 1, select: 'min' })).toBe(true)
    expect(isSupported(null, { score: -0.1, pos: 0, neg: 1, select: 'min' })).toBe(false)
    expect(isSupported(facts(-3), { score: -1, pos: 0, neg: 1, select: 'min' })).toBe(false)
  })
})

describe('a trained model of the glass box', () => {
  let run: T0Run
  let known: TrainingFacts
  const clips = Array.from({ length: 160 }, (_, i) => t0Clip(3, 'train', i))
  const get = async (i: number) => (await featuresOf(run.target, [inputOf(run.target, clips[i]!.pixels)]))[0]!

  beforeAll(async () => {
    await openEngine()
    run = await runT0({ seed: 3, train: 160, test: 32 })
    const about = { model: run.explainer, search: run.input.search, rate: 0.05, seed: 3 }
    known = await trainingFacts({ ...about, features: { count: clips.length, get } }, { clips, reference: clips })
  })
  afterAll(() => run.target.dispose())

  test('says how many clips had each word, and of which pairs the level was found', () => {
    expect(
      known.wordClips.every((count, s) => count === clips.filter(({ assigned }) => assigned.includes(s)).length),
    ).toBe(true)
    expect(known.evidence.min.without).toBeGreaterThan(50)
    expect(known.evidence.min.with).toBeGreaterThan(50)
    expect(known.evidence.min.separation).toBeGreaterThan(0.9)
  })

  test('keeps most questions on their side on clips that nothing was chosen on', async () => {
    const told = { false: 0, without: 0, missed: 0, having: 0 }
    const sets = known.classSets.map((set) => new Set(set))
    for (let i = 0; i < 32; i++) {
      const { label: pos, pixels } = await run.input.clips.get(i)
      const prepared = run.explainer.prepare((await featuresOf(run.target, [inputOf(run.target, pixels)]))[0]!)
      for (let neg = 0; neg < 16; neg++) {
        if (neg === pos) continue
        const asked = { pos, neg, search: run.input.search, trim: false }
        const [best] = ranked(searchAttributes(run.explainer, prepared, asked), 'min', run.explainer.presence)
        const supported = isSupported(known, { score: best!.score, pos, neg, select: 'min' })
        if (isSuperset(sets, pos, neg)) [told.without, told.false] = [told.without + 1, told.false + Number(supported)]
        else [told.having, told.missed] = [told.having + 1, told.missed + Number(!supported)]
      }
    }
    expect(told.false / told.without).toBeLessThanOrEqual(0.1)
    expect(told.missed / told.having).toBeLessThanOrEqual(0.1)
  })
})
