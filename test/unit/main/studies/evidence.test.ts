import { beforeAll, describe, expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import { openEngine } from '@main/learning/engine/open-engine'
import { confidentOf, evidenceHeadline, evidenceRows, firstPlaces, told } from '@main/studies/evidence'
import type { EvidenceAnswer, RuleAnswer } from '@main/studies/every-question'
import type { Numbers } from '@main/studies/numbers'
import { trainSampleClassifier } from '@main/studies/trained-sample'

const said = (more: Partial<RuleAnswer> = {}): RuleAnswer => {
  const one = { attribute: 0, score: 1, supported: false, ...more }
  return { confident: Number(one.supported), ...one }
}
const answer = (clip: number, kind: EvidenceAnswer['kind'], min: Partial<RuleAnswer>): EvidenceAnswer => ({
  ...{ clip, kind, by: { min: said(min), max: said(min) } },
})
const level = { threshold: 3, rate: 0.05, without: 100, with: 100, separation: 1 }

test('false evidence is counted where the right answer is nothing, missed evidence where it is not', () => {
  const found = told(
    [
      answer(0, 'without', { supported: true, score: 9 }),
      answer(0, 'without', { score: -1 }),
      answer(1, 'without', {}),
      answer(1, 'without', {}),
      answer(1, 'with', { supported: true, score: 9 }),
      answer(2, 'with', {}),
      answer(2, 'equal', { supported: true }),
    ],
    'min',
  )
  expect(found).toMatchObject({ without: 4, clipsWithout: 2, falseRate: 0.25, having: 2, missedRate: 0.5 })
  expect(found.falseAboveZero).toBe(0.75)
})

test('between equal sets confident cards of both rules count, beside what the level alone would say', () => {
  const found = confidentOf(
    [answer(0, 'equal', { score: 9 }), answer(0, 'equal', { score: 9, confident: 2 }), answer(0, 'with', { score: 9 })],
    { evidence: { min: level, max: level } },
  )
  expect(found).toEqual({ questions: 2, confident: 4, confidentByLevelAlone: 2 })
})

test('first places are counted from the first word that no clip had', () => {
  const found = firstPlaces([answer(0, 'with', { attribute: 6 }), answer(0, 'without', { attribute: 5 })], 6)
  expect(found).toEqual({ questions: 2, firstByMin: 1, firstByMax: 1 })
})

test('rates of several seeds are those of all their questions, with an interval of their clips', () => {
  const row = (falseOnes: number) => ({
    falseOnes,
    without: 50,
    clipsWithout: 10,
    missed: 0,
    having: 50,
    clipsHaving: 20,
  })
  const seeds = [1, 4].map((falseOnes) => ({
    ...{ min: row(falseOnes), max: row(0) },
    'equal sets': { questions: 4, confident: 0 },
    'untrained words': { questions: 9, firstByMin: 0, firstByMax: 0 },
  }))
  const found = evidenceHeadline({ about: { threshold: 3.5 } }, seeds)
  expect(found).toMatchObject({ falseRate: 0.05, missedRate: 0, threshold: 3.5 })
  expect(found).toMatchObject({ equalSets: { questions: 8, confident: 0 }, untrainedWords: { questions: 18 } })
  expect(found.byMin).toMatchObject({ false: { questions: 100, clips: 20 }, missed: { clips: 40 } })
})

describe('on a small sample', () => {
  let rows: Record<string, Numbers>

  beforeAll(async () => {
    await openEngine()
    const sample = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, train: 24, test: 8 })
    const network = { size: 32, frames: 8, stem: 4, widths: [4, 4, 8, 8], poolAfter: ['stem', 'block1'], batch: 8 }
    const classifier = await trainSampleClassifier(sample, ClassifierConfig.parse({ ...network, epochs: 1 }))
    try {
      rows = await evidenceRows(classifier, ExplainerConfig.parse({ steps: 4 }))
    } finally {
      classifier.model.dispose()
    }
  })

  test('every question is asked once, by both rules', () => {
    const { min, max } = rows
    expect((min?.without ?? 0) + (min?.having ?? 0)).toBe(24)
    expect(max).toMatchObject({ without: min?.without, having: min?.having })
  })

  test('masking is measured where one thing tells A from B and over all pairs, beside a random tube of the same area', () => {
    const { questions = 0 } = rows['remove1 method'] ?? {}
    expect(questions).toBeGreaterThan(0)
    expect(rows['all method']).toMatchObject({ questions: 24 })
    expect(rows['all randomTube']?.areaRatio).toBe(1)
    expect(rows['all gradCamDifference']?.ncaTop1).toBeDefined()
    expect(evidenceHeadline(rows, [rows])).toMatchObject({ removeOne: { questions }, allPairs: { questions: 24 } })
  })

  test('between classes of equal sets no card is confident, and no word without a clip comes first', () => {
    expect(rows['equal sets']).toMatchObject({ questions: 8, confident: 0 })
    expect(rows['untrained words']).toMatchObject({ questions: 24, firstByMin: 0, firstByMax: 0 })
  })
})
