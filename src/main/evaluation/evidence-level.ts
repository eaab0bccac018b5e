import { z } from 'zod'
import type { FeatureSource } from '@main/learning/explainer/clip-features'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { type Random, random } from '@main/learning/random'
import type { SearchOptions } from '@main/learning/search/best-tube'
import { ranked, searchNegatives } from '@main/explanation/rank-attributes'
import { areaUnderCurve } from './auc'
import { discriminating, isSuperset } from '@shared/class-attributes'

/** The score that a card must exceed to be called evidence, and what it was found from; stored with the model. */
export const EvidenceLevel = z.object({
  /** Null where there were too few pairs without evidence to find one. */
  threshold: z.number().nullable(),
  /** Share of questions without evidence that may get a confident card. */
  rate: z.number(),
  /** Training questions whose B has all that A has, and others, whose scores were looked at. */
  without: z.int(),
  with: z.int(),
  /** How often a question with evidence has the larger score; null where either kind is missing. */
  separation: z.number().nullable(),
})
export type EvidenceLevel = z.infer<typeof EvidenceLevel>

/** By what the cards are ranked. */
export const EvidenceLevels = z.object({ min: EvidenceLevel, max: EvidenceLevel })
export type EvidenceLevels = z.infer<typeof EvidenceLevels>

type Select = keyof EvidenceLevels
const rules: readonly Select[] = ['min', 'max']

/** Questions of each kind that are looked at: a share of five in a hundred is then known within two. */
const mostQuestions = 400
const mostPerClip = 2
/** With fewer questions without evidence a share of them says nothing. */
export const fewestQuestions = 20

export interface CalibrationInput {
  model: ExplainerModel
  features: FeatureSource
  /** S(c) of every class. */
  sets: readonly ReadonlySet<number>[]
  /** Attributes that cards may name; all when left out. */
  words?: readonly number[]
  search: SearchOptions
  rate: number
  seed: number
}

type Scores = Record<Select, { without: number[]; with: number[] }>

/**
 * Finds the level on training questions (docs/method.md, "No evidence"): the scores of the model's own answers to "why A, not
 * B" where B has all that A has and more, against those where B lacks something. Pairs of equal sets are left out: their
 * scores are as large as those of any other pair. One level for each rule of ranking, since the best card by the largest score
 * has larger scores.
 */
export async function calibrateEvidence(input: CalibrationInput): Promise<EvidenceLevels> {
  const { model, features, rate, seed } = input
  const scores: Scores = { min: { without: [], with: [] }, max: { without: [], with: [] } }
  const order = random(seed, 21).shuffle(Array.from({ length: features.count }, (_, i) => i))
  for (const i of order) {
    if (Math.min(scores.min.without.length, scores.min.with.length) >= mostQuestions) break
    const clip = await features.get(i)
    const pos = clip.probabilities.indexOf(Math.max(...clip.probabilities))
    const asked = questionsOf(input, pos, { scores, stream: random(seed, 22, i) })
    const negatives = [...asked.without, ...asked.with]
    if (negatives.length === 0) continue
    const options = { search: input.search, trim: false, attributes: input.words }
    const found = searchNegatives(model, model.prepare(clip), { pos, negatives, ...options })
    found.forEach((evidence, n) => {
      const kind = n < asked.without.length ? 'without' : 'with'
      for (const select of rules) scores[select][kind].push(ranked(evidence, select, model.presence)[0]?.score ?? 0)
    })
  }
  return { min: levelOf({ ...scores.min, rate }), max: levelOf({ ...scores.max, rate }) }
}

/** Some of the questions of a clip, of each kind that is still wanted. */
function questionsOf(
  { model, sets }: CalibrationInput,
  pos: number,
  { scores, stream }: { scores: Scores; stream: Random },
): { without: number[]; with: number[] } {
  const others = stream.shuffle(Array.from({ length: model.classes }, (_, c) => c)).filter((c) => c !== pos)
  const some = (kind: 'without' | 'with', fits: (neg: number) => boolean) =>
    scores.min[kind].length >= mostQuestions ? [] : others.filter(fits).slice(0, mostPerClip)
  return {
    without: some('without', (neg) => isSuperset(sets, pos, neg)),
    with: some('with', (neg) => discriminating(sets, pos, neg).size > 0),
  }
}

/**
 * The level between two lists of scores: at most `rate` of those without evidence exceed it, and where the others lie apart it
 * stands in the middle of what is between.
 */
export function levelOf({
  without,
  with: having,
  rate,
}: {
  without: number[]
  with: number[]
  rate: number
}): EvidenceLevel {
  const about = { rate, without: without.length, with: having.length, separation: areaUnderCurve(having, without) }
  if (without.length < fewestQuestions) return { threshold: null, ...about }
  const low = without.toSorted((a, b) => b - a)[Math.floor(rate * without.length)] ?? 0
  const high = having.toSorted((a, b) => a - b)[Math.floor(rate * having.length)] ?? low
  return { threshold: high > low ? (low + high) / 2 : low, ...about }
}
