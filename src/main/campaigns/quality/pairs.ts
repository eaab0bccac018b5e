import type { AttributeId, ItemId, PersonId } from '@shared/ids'
import { drawnAlike, framesOf } from '@main/campaigns/agreement/tubes'
import { drawnByItem } from '@main/campaigns/outcome/analysis'
import { type CampaignData, counting } from '@main/campaigns/outcome/campaign-data'

/** How alike two people drew a word of an item. */
export interface PairIou {
  item: ItemId
  attribute: AttributeId
  a: PersonId
  b: PersonId
  iou: number
}

/** Every pair of people of whom one at least drew something. */
export function pairsOf(data: CampaignData): PairIou[] {
  if (data.campaign.kind === 'attributes') return []
  return [...drawnByItem(data, counting(data))].flatMap(([item, words]) => {
    const frames = data.items.get(item)?.frames ?? 0
    return [...words].flatMap(([attribute, people]) => {
      const drawn = people.map(({ person, tracks }) => {
        return { person, tubes: tracks.map(({ keyframes }) => framesOf(keyframes, frames)) }
      })
      return drawn.flatMap((one, i) =>
        drawn.slice(i + 1).flatMap((other): PairIou[] => {
          const iou = drawnAlike(one.tubes, other.tubes)
          return iou === null ? [] : [{ item, attribute, a: one.person, b: other.person, iou }]
        }),
      )
    })
  })
}
