import { expect, test } from 'vitest'
import type { TrainingFacts } from '@main/evaluation/training-facts'
import { cautionsOf } from '@main/worker/session/cautions'

const good = { headline: { testAccuracy: 0.99, testConfidence: 0.98 } }
const level = { threshold: 4, rate: 0.05, without: 100, with: 100, separation: 1 }
const facts = (evidence: Partial<TrainingFacts['evidence']['min']>): TrainingFacts => ({
  wordClips: [3],
  classSets: [[0], []],
  evidence: { min: { ...level, ...evidence }, max: level },
})
const titles = (...of: Parameters<typeof cautionsOf>) => cautionsOf(...of).map(({ title }) => title)

test('a good classifier with a good explanation model needs no caution', () => {
  expect(titles(good, facts({}))).toEqual([])
})

test('a classifier that is often wrong, unsure or unmeasured is said to be so, with its number', () => {
  const [weak] = cautionsOf({ headline: { testAccuracy: 0.81, testConfidence: 0.9 } }, facts({}))
  expect(weak).toMatchObject({ title: 'weak classifier' })
  expect(weak!.text).toContain('81 %')
  expect(titles({ headline: { testAccuracy: 0.99, testConfidence: 0.84 } }, facts({}))).toEqual(['unsure classifier'])
  expect(titles({ headline: {} }, facts({}))).toEqual(['unmeasured classifier'])
})

test('an explanation model whose scores tell nothing apart is called weak, whatever its level', () => {
  expect(titles(good, facts({ separation: 0.52 }))).toEqual(['weak explanation model'])
})

test('where no level of evidence is known, that is said', () => {
  expect(titles(good, null)).toEqual(['level unknown'])
  expect(titles(good, facts({ threshold: null, without: 3, separation: null }))).toEqual(['level unknown'])
})
