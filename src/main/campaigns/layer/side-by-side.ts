import type { SideBySide } from '@shared/contract/campaign-quality'
import type { ItemId } from '@shared/ids'
import { drawnAlike, framesOf } from '@main/campaigns/agreement/tubes'
import type { AskedItem, CampaignData, Part } from '@main/campaigns/outcome/campaign-data'
import type { ObjectConsensus } from '@main/campaigns/consensus/box-consensus'
import { keyframesOf } from '@main/campaigns/consensus/keyframes'
import { keyOf } from '@main/campaigns/outcome/layer-rows'
import type { Result } from '@main/campaigns/outcome/results'
import type { Decision } from '@main/store/repositories/layer-repository'

/** Answers of one item beside each other, and what they come to. Null where the video is gone. */
export function sideBySide({ data, outcome }: Result, id: ItemId, decisions: readonly Decision[]): SideBySide | null {
  const item = data.items.get(id)
  if (!item) return null
  const parts = data.parts.filter(({ item: of, state }) => of === id && state === 'answered')
  const decided = new Set(decisions.map(keyOf))
  const nameOf = new Map(data.words.map((word) => [word.id, word.name]))
  return {
    ...{ item: id, video: item.video, videoName: item.name },
    people: parts.map((part) => ({
      ...{ person: part.person, name: data.names.get(part.person) ?? part.person },
      answers: Object.fromEntries(part.answers),
      tracks: part.tracks.map(({ track, attribute, keyframes }) => ({ track, attribute, keyframes })),
      ...{ seconds: part.seconds, gold: goldOf(data, part.person), leftOut: part.leftOut },
    })),
    labels: outcome.labels.flatMap(({ item: of, attribute, shares, value, sure, open }) => {
      if (of !== id) return []
      const isDecided = decided.has(keyOf({ item: id, attribute, about: 'label' }))
      const name = nameOf.get(attribute) ?? attribute
      return [{ attribute, name, shares, value, sure, decided: isDecided, isOpen: open !== null && !isDecided }]
    }),
    objects: outcome.objects
      .filter((object) => object.item === id)
      .map((object) => {
        const isDecided = decided.has(keyOf({ ...object, about: 'boxes' }))
        return {
          ...{ attribute: object.attribute, name: nameOf.get(object.attribute) ?? object.attribute },
          ...{ members: object.members, median: keyframesOf(object.median), pairs: pairsOf(item, parts, object) },
          ...{ isOpen: object.open !== null && !isDecided, decided: isDecided },
        }
      }),
  }
}

/** Tube IoU between those who drew an object. */
function pairsOf({ frames }: AskedItem, parts: readonly Part[], { members }: ObjectConsensus) {
  const drawn = members.flatMap(({ person, track }) => {
    const found = parts.find((part) => part.person === person)?.tracks.find((one) => one.track === track)
    return found ? [{ person, tube: framesOf(found.keyframes, frames) }] : []
  })
  return drawn.flatMap((one, i) =>
    drawn.slice(i + 1).map((other) => {
      return { a: one.person, b: other.person, iou: drawnAlike([one.tube], [other.tube]) ?? 0 }
    }),
  )
}

/** Share of somebody's answers on gold that are right, all over the campaign. */
function goldOf({ parts, items }: CampaignData, person: string): number | null {
  let [answers, right] = [0, 0]
  for (const part of parts) {
    const gold = part.person === person && part.state === 'answered' ? items.get(part.item)?.gold : null
    for (const [attribute, value] of Object.entries(gold?.answers ?? {})) {
      answers++
      if (part.answers.get(attribute as never) === value) right++
    }
  }
  return answers > 0 ? right / answers : null
}
