import type { ExplainOptions } from '@shared/config/explainer'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { EngineFeatures, type Features } from '@main/learning/explainer/products'
import { placedTube } from '@main/learning/explainer/presence/placed-tube'
import { presenceMaps } from '@main/learning/explainer/presence/presence-maps'
import { type AttributeEvidence, mapOf, peaks, ranked, type RankQuestion, searchAttributes } from './rank-attributes'

export interface AnswerQuestion extends RankQuestion {
  select: ExplainOptions['select']
  tubes: ExplainOptions['tubes']
  /** Answers wanted, best first. */
  count: number
}

/** The best answers to "why pos, not neg", each with the tube to show: placed on what it names, or its own. */
export function bestAnswers(
  model: ExplainerModel,
  prepared: readonly Float32Array[],
  { select, tubes, count, ...question }: AnswerQuestion,
): AttributeEvidence[] {
  using features = new EngineFeatures(model, prepared)
  const isPlaced = tubesOf(model, tubes) === 'placed'
  const shown = isPlaced && areMost(count, question.attributes?.length ?? model.attributes)
  const best = ranked(searchAttributes(model, features, { ...question, shown }), select, model.presence).slice(0, count)
  return isPlaced ? withPlacedTubes(model, features, { ...question, evidence: best }) : best
}

/** So many of the attributes will be shown that asking for all of them at once is cheaper than asking twice. */
export function areMost(count: number, attributes: number): boolean {
  return attributes <= 4 * count
}

/** The way tubes are found: asking again masks placed ones too, and a model without a head has none. */
export function tubesOf({ presence }: ExplainerModel, tubes: ExplainOptions['tubes']): 'placed' | 'own' | 'exclude' {
  if (tubes === 'exclude' || tubes === 'own') return tubes
  return presence ? 'placed' : 'own'
}

/**
 * The same answers, each with its tube placed on what it names (docs/method.md, "Placed tubes"). Unchanged where the
 * model has no presence head.
 */
export function withPlacedTubes(
  model: ExplainerModel,
  features: Features,
  { evidence, search, trim }: { evidence: readonly AttributeEvidence[] } & Pick<RankQuestion, 'search' | 'trim'>,
): AttributeEvidence[] {
  const { space, presence: head } = model
  if (!head || evidence.length === 0) return [...evidence]
  const missing = evidence.filter(({ shown }) => !shown).map(({ attribute }) => attribute)
  const found = missing.length > 0 ? presenceMaps(model, head, { features, attributes: missing }) : []
  return evidence.map((own) => {
    const shown = own.shown ?? found[missing.indexOf(own.attribute)] ?? []
    const tube = placedTube(own.maps, shown, { search, trim, space })
    const map = mapOf(own.maps, tube)
    return { ...own, tube, map, perFrame: peaks(map) }
  })
}
