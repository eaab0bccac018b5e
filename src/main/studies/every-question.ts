import { discriminating } from '@shared/class-attributes'
import type { EvaluationInput } from '@main/evaluation/evaluate'
import { isSupported, type TrainingFacts, trainedWords } from '@main/evaluation/training-facts'
import { featuresOf, inputOf } from '@main/explanation/classify'
import { ranked, searchNegatives } from '@main/explanation/rank-attributes'

/** By what cards are ranked. */
export type Rule = 'min' | 'max'
export const rules: readonly Rule[] = ['min', 'max']

/** What one rule of ranking says to one question. */
export interface RuleAnswer {
  /** The first card's. */
  attribute: number
  score: number
  supported: boolean
  /** Of all cards. */
  confident: number
}

/** One question "why A, not B?" of one clip. */
export interface EvidenceAnswer {
  clip: number
  /** B has all that A has and more; A has something that B lacks; both have the same. */
  kind: 'without' | 'with' | 'equal'
  by: Record<Rule, RuleAnswer>
}

/**
 * Asks every clip about every other class, with the words that a person would be answered with.
 * @param every also words that no training clip had, which are never ranked otherwise
 */
export async function everyQuestion(
  { target, explainer, clips, search }: Pick<EvaluationInput, 'target' | 'explainer' | 'clips' | 'search'>,
  facts: TrainingFacts,
  { every = false }: { every?: boolean } = {},
): Promise<EvidenceAnswer[]> {
  const sets = facts.classSets.map((set) => new Set(set))
  const attributes = every ? undefined : trainedWords(facts)
  const answers: EvidenceAnswer[] = []
  for (let clip = 0; clip < clips.count; clip++) {
    const [features] = await featuresOf(target, [inputOf(target, (await clips.get(clip)).pixels)])
    if (!features) continue
    const pos = features.probabilities.indexOf(Math.max(...features.probabilities))
    const negatives = Array.from({ length: target.classes }, (_, c) => c).filter((c) => c !== pos)
    const asked = { pos, negatives, search, trim: false, attributes }
    searchNegatives(explainer, explainer.prepare(features), asked).forEach((evidence, n) => {
      const neg = negatives[n] as number
      const by = (select: Rule): RuleAnswer => {
        const cards = ranked(evidence, select, explainer.presence)
        const confident = cards.filter(({ score }) => isSupported(facts, { score, pos, neg, select }))
        const [first] = cards
        if (!first) throw new RangeError('an explanation model needs at least one attribute')
        const { attribute, score } = first
        return { attribute, score, supported: confident.includes(first), confident: confident.length }
      }
      answers.push({ clip, kind: kindOf(sets, pos, neg), by: { min: by('min'), max: by('max') } })
    })
  }
  return answers
}

function kindOf(sets: readonly ReadonlySet<number>[], pos: number, neg: number): EvidenceAnswer['kind'] {
  if (discriminating(sets, pos, neg).size > 0) return 'with'
  return discriminating(sets, neg, pos).size > 0 ? 'without' : 'equal'
}
