import type { ConsensusRule } from '@shared/config/campaign'
import type { AttributeId, ItemId } from '@shared/ids'
import { type CampaignData, type Part, counting } from './campaign-data'
import { type ObjectConsensus, type Drawn, boxConsensus } from '@main/campaigns/consensus/box-consensus'
import { type Consensus, type LabelConsensus, labelConsensus } from '@main/campaigns/consensus/label-consensus'

/** What the answers of a campaign come to by a rule, before any reviewer. */
export interface Outcome extends Consensus {
  objects: ObjectConsensus[]
}

/** @param rule that of the campaign unless said otherwise */
export function outcomeOf(data: CampaignData, rule: ConsensusRule = data.campaign.settings): Outcome {
  const parts = counting(data)
  const words = new Set(data.words.map(({ id }) => id))
  const said = parts.flatMap(({ item, person, answers }) =>
    [...answers].flatMap(([attribute, value]) => (words.has(attribute) ? [{ item, attribute, person, value }] : [])),
  )
  const { labels: found, skills } = labelConsensus(said, rule)
  const labels = found.map((label) => knownOf(data, label))
  if (data.campaign.kind === 'attributes') return { labels, skills, objects: [] }
  const objects = [...drawnByItem(data, parts)].flatMap(([item, drawn]) => {
    const drawnAs = boxConsensus({ item, frames: data.items.get(item)?.frames ?? 0, drawn }, rule)
    return data.items.get(item)?.gold ? drawnAs.map((object) => ({ ...object, open: null })) : drawnAs
  })
  return { labels, skills, objects }
}

/** Of a gold item it is known what is right, whatever people say of it: nobody needs to decide it. */
function knownOf({ items }: CampaignData, label: LabelConsensus): LabelConsensus {
  const right = items.get(label.item)?.gold?.answers[label.attribute]
  if (!right) return label
  const shares = { present: 0, absent: 0, unsure: 0, [right]: 1 }
  return { ...label, shares, value: right, sure: 1, open: null }
}

/** What everybody drew, by item and word; whoever answered an item and drew nothing of a word of it is among them. */
export function drawnByItem(
  { campaign, words }: CampaignData,
  parts: readonly Part[],
): Map<ItemId, Map<AttributeId, Drawn[]>> {
  const byItem = Map.groupBy(parts, ({ item }) => item)
  return new Map(
    [...byItem].map(([item, own]) => {
      const drawnWords = new Set(own.flatMap(({ tracks }) => tracks.map(({ attribute }) => attribute)))
      const asked = words.filter(({ id }) => drawnWords.has(id))
      const people = (attribute: AttributeId) =>
        campaign.kind === 'boxes' ? own : own.filter(({ answers }) => answers.get(attribute) !== 'unsure')
      return [
        item,
        new Map(
          asked.map(({ id }) => [
            id,
            people(id).map(({ person, tracks }): Drawn => {
              return { person, tracks: tracks.filter(({ attribute }) => attribute === id) }
            }),
          ]),
        ),
      ]
    }),
  )
}
