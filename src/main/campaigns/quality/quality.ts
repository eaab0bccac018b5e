import type { AttributeQuality, Quality } from '@shared/contract/campaign-quality'
import { alphaWithSpread, nominalAlpha } from '@main/campaigns/agreement/alpha'
import { inParts, meanOf, quantileOf } from '@main/campaigns/agreement/spread'
import { UnitTable, differs } from '@main/campaigns/agreement/units'
import type { Outcome } from '@main/campaigns/outcome/analysis'
import { type CampaignData, type Part, counting } from '@main/campaigns/outcome/campaign-data'
import { annotatorsOf } from './annotators'
import { type PairIou, pairsOf } from './pairs'

const mostParts = 10
/** Somebody without whom alpha rises by less is no reason to look. */
const noticed = 0.005

/** Agreement, gold and time of a campaign. @param now for who is working, ms since 1970 */
export function qualityOf(data: CampaignData, outcome: Outcome, now: number): Quality {
  const parts = counting(data)
  const units = new UnitTable(parts)
  const pairs = pairsOf(data)
  const overall = alphaWithSpread(units.items().map((item) => units.ofItem(item)))
  return {
    overall,
    without: without(data, parts, units, overall.alpha),
    attributes: data.words.map((word) => ofWord(word, units, pairs)),
    iou: meanOf(pairs.map(({ iou }) => iou)),
    pairs: pairs.length,
    annotators: annotatorsOf({ data, outcome, units, pairs, now }),
    overTime: overTime(parts, units),
    clipSeconds: quantileOf(
      [...data.items.values()].map(({ seconds }) => seconds),
      0.5,
    ),
  }
}

function ofWord(
  { id, name }: CampaignData['words'][number],
  units: UnitTable,
  pairs: readonly PairIou[],
): AttributeQuality {
  const own = units.ofWord(id)
  const answers = own.flat().reduce((sum, n) => sum + n, 0)
  const unsure = own.reduce((sum, unit) => sum + (unit[2] ?? 0), 0)
  const ious = pairs.filter(({ attribute }) => attribute === id).map(({ iou }) => iou)
  return {
    ...{ attribute: id, name, ...alphaWithSpread(own.map((unit) => [unit])) },
    unsure: answers > 0 ? unsure / answers : 0,
    differing: own.filter(differs).length,
    ...{ iou: meanOf(ious), pairs: ious.length },
  }
}

/** Those without whom the others agree better, most of all first. */
function without(data: CampaignData, parts: readonly Part[], units: UnitTable, alpha: number | null) {
  if (alpha === null) return []
  const byPerson = Map.groupBy(parts, ({ person }) => person)
  return [...byPerson]
    .flatMap(([person, own]) => {
      const rest = byPerson.size > 2 ? nominalAlpha(units.without(own)) : null
      if (rest === null || rest < alpha + noticed) return []
      return [{ person, name: data.names.get(person) ?? person, alpha: rest }]
    })
    .sort((a, b) => b.alpha - a.alpha)
}

/** Items in the order in which their last answer came. */
function overTime(parts: readonly Part[], units: UnitTable): Quality['overTime'] {
  const last = new Map(parts.map(({ item, endedAt }) => [item, endedAt]))
  const answers = Map.groupBy(parts, ({ item }) => item)
  const items = [...last].sort((a, b) => a[1] - b[1])
  return inParts(items, mostParts).map((some) => ({
    from: some[0]?.[1] ?? 0,
    to: some.at(-1)?.[1] ?? 0,
    answers: some.reduce((sum, [item]) => sum + (answers.get(item)?.length ?? 0), 0),
    alpha: nominalAlpha(some.flatMap(([item]) => units.ofItem(item))),
  }))
}
