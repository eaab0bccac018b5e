import { isUnseen } from './presence-words'
import type { Card, SecondAnswer } from './contract/explanation'

/** Words with fewer training clips than this are shown with their number. */
const fewClips = 10

/** How few clips a word was learned from; null where there were enough, or nobody knows. */
export function fewWords({ trainedOn }: Pick<Card, 'trainedOn'>): string | null {
  if (trainedOn === null || trainedOn >= fewClips) return null
  return `learned from ${trainedOn} ${trainedOn === 1 ? 'clip' : 'clips'} only`
}

/** What a card is ranked by. */
export const rankWords = { min: 'weakest tube', max: 'strongest tube', presence: 'in this clip' } as const

/** What of a card the words of an answer look at. */
export type AnsweredCard = Pick<
  Card,
  | 'name'
  | 'score'
  | 'tubeScore'
  | 'rank'
  | 'rankedBy'
  | 'supported'
  | 'evidenceThreshold'
  | 'presence'
  | 'assigned'
  | 'source'
>

/** The answer to "why A, not B" as a person would say it. */
export interface AnswerWords {
  /** `because` and `unseen` name the first card, `tie` the first two; the others name none. */
  kind: 'because' | 'unseen' | 'tie' | 'none' | 'same' | 'empty'
  headline: string
  /** One or two sentences of why. */
  detail: string
}

/**
 * Says no more than the numbers do: without evidence, or between words that are ranked alike, there is no "because".
 * @param cards best first
 */
export function answerWords(cards: readonly AnsweredCard[], { sameSet }: { sameSet: boolean }): AnswerWords {
  const [best, next] = cards
  if (sameSet)
    return {
      kind: 'same',
      headline: 'Nothing in the vocabulary tells A and B apart',
      detail: 'Their training videos have the same attributes. Add one that only A or only B has, then train again.',
    }
  if (!best) return { kind: 'empty', headline: 'No attribute was searched', detail: '' }
  if (!best.supported) return { kind: 'none', headline: 'No evidence for A against B', detail: noneWords(best) }
  const detail = `${strongWords(best)} ${orderWords(best, next)}`.trim()
  if (next?.supported && signed(next.rank) === signed(best.rank))
    return {
      kind: 'tie',
      headline: `${best.name} or ${next.name}: the model ranks them alike`,
      detail: tieWords(best, next),
    }
  if (isUnseen(best.presence))
    return {
      kind: 'unseen',
      headline: `${best.name} ranks first, but is not seen where it scores`,
      detail: `It may not be the reason. ${detail}`,
    }
  return { kind: 'because', headline: `Because of ${best.name}`, detail }
}

/** Why a large score must not be read as "it is there"; null where nothing needs saying. */
export function unseenWords({ supported, presence }: Pick<AnsweredCard, 'supported' | 'presence'>): string | null {
  return supported && isUnseen(presence) ? 'large score, but not seen where it scores' : null
}

function noneWords({ name, score, evidenceThreshold }: AnsweredCard): string {
  return evidenceThreshold === null
    ? `The best there is, ${name}, scores ${signed(score)}, which speaks for B.`
    : `The best there is, ${name}, scores ${signed(score)}; evidence begins above ${signed(evidenceThreshold)}.`
}

function strongWords({ score, evidenceThreshold }: AnsweredCard): string {
  return evidenceThreshold === null
    ? `It scores ${signed(score)}.`
    : `It scores ${signed(score)}; evidence begins above ${signed(evidenceThreshold)}.`
}

function tieWords(best: AnsweredCard, next: AnsweredCard): string {
  const begins = best.evidenceThreshold === null ? '' : `; evidence begins above ${signed(best.evidenceThreshold)}`
  return `${best.name} scores ${signed(best.score)}, ${next.name} ${signed(next.score)}${begins}.`
}

/** What put the best card before the next one. */
function orderWords(best: AnsweredCard, next: AnsweredCard | undefined): string {
  if (!next) return ''
  if (best.rankedBy === 'presence') return `The clip shows it more surely than ${next.name}.`
  if (signed(next.rank) === signed(best.rank)) return ''
  const what = best.rankedBy === 'min' ? 'weakest' : 'strongest'
  return `Ranked by the ${what} tube: ${signed(best.rank)}, then ${next.name} with ${signed(next.rank)}.`
}

/** Why there is no second opinion. */
export const noSecondOpinion = {
  whole: 'A second opinion is given of the clip in the middle, not of a whole video.',
  noLayers: 'There is no second opinion of this model: the layers behind its feature map are not known apart.',
} as const

/** What the second opinion says beside the first card, as a person would say it. */
export function secondWords({ opinion, reason }: SecondAnswer, first: Pick<Card, 'name'> | undefined): string {
  if (!opinion) return reason ?? ''
  const { name, agrees } = opinion
  const place = agrees ? 'the same place' : 'another place'
  if (name === null) return `It points to ${place}.`
  if (name === first?.name) return `It points to ${place}, and names ${name} too.`
  return `It points to ${place}, and names ${name}.`
}

/** Why a card is no evidence, in a few words; null where it is. */
export function whyUnsupported(
  { supported, score, tubeScore, evidenceThreshold }: AnsweredCard,
  { sameSet }: { sameSet: boolean },
): string | null {
  if (supported) return null
  if (sameSet) return 'No evidence: nothing in the vocabulary tells A and B apart'
  if (score <= 0) return 'No evidence: even its best place speaks for B'
  if (tubeScore <= 0 && score > (evidenceThreshold ?? 0))
    return 'No evidence: clear of the tubes before it nothing speaks for A'
  if (evidenceThreshold !== null && score <= evidenceThreshold)
    return `No evidence: it scores ${signed(score)}, evidence begins above ${signed(evidenceThreshold)}`
  return 'No evidence: the answer itself has none'
}

/** Who gave the video the attribute. */
export function sourceWords({ assigned, source }: Pick<AnsweredCard, 'assigned' | 'source'>): string {
  if (!assigned) return 'not assigned'
  if (source === 'person') return 'assigned by a person'
  return source === 'class' ? 'assigned by its class' : source === 'consensus' ? 'assigned by agreement' : 'assigned'
}

/** "+4.82", "−0.31", "0.00". */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(2)
  if (Number(text) === 0) return text
  return `${value > 0 ? '+' : '\u2212'}${text}`
}
