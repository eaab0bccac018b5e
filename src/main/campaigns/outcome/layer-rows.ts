import { TrackId } from '@shared/ids'
import { newId } from '@main/store/database/new-id'
import type { Decision, LayerLabel, LayerTrack } from '@main/store/repositories/layer-repository'
import type { Outcome } from './analysis'
import type { CampaignData } from './campaign-data'
import { keyframesOf } from '@main/campaigns/consensus/keyframes'

/**
 * The layer that an outcome and what reviewers decided come to. What waits for a reviewer is `unsure`, and boxes that
 * wait are left out. Of gold items, whose answers are known, it is what is known.
 */
export function layerRows(
  { campaign, items }: CampaignData,
  { labels, objects, skills }: Outcome,
  decisions: readonly Decision[],
): { labels: LayerLabel[]; tracks: LayerTrack[] } {
  const decided = new Map(decisions.map((one) => [keyOf(one), one]))
  const labelRows = labels.flatMap((label): LayerLabel[] => {
    const item = items.get(label.item)
    if (!item) return []
    const decision = decided.get(keyOf({ ...label, about: 'label' }))
    const shares = label.answers.map(({ person, value }) => {
      return { person, value, weight: skills.get(person)?.right ?? 1 }
    })
    const value = decision?.value ?? (label.open || !label.value ? 'unsure' : label.value)
    const row = { campaign: campaign.id, video: item.video, attribute: label.attribute, value, shares }
    return [{ ...row, sure: decision ? 1 : label.sure, decided: decision !== undefined }]
  })
  const found = objects.flatMap((object): LayerTrack[] => {
    const item = items.get(object.item)
    if (!item || item.gold || object.open || decided.has(keyOf({ ...object, about: 'boxes' }))) return []
    const members = object.members.map(({ person, track }) => ({ person, track }))
    const place = { id: newId(TrackId), campaign: campaign.id, video: item.video, attribute: object.attribute }
    return [{ ...place, keyframes: keyframesOf(object.median), sure: object.share, decided: false, members }]
  })
  const known = [...items.values()].flatMap((item) =>
    (item.gold?.tracks ?? []).flatMap(({ attribute, keyframes }): LayerTrack[] => {
      if (decided.has(keyOf({ item: item.id, attribute, about: 'boxes' }))) return []
      const place = { id: newId(TrackId), campaign: campaign.id, video: item.video, attribute }
      return [{ ...place, keyframes, sure: 1, decided: false, members: [] }]
    }),
  )
  const chosen = decisions.flatMap((decision): LayerTrack[] => {
    const item = items.get(decision.item)
    if (!item || decision.about !== 'boxes') return []
    return decision.tracks.map(({ track, keyframes }) => {
      const place = { id: newId(TrackId), campaign: campaign.id, video: item.video, attribute: decision.attribute }
      return { ...place, keyframes, sure: 1, decided: true, members: [{ person: decision.person, track }] }
    })
  })
  return { labels: labelRows, tracks: [...found, ...known, ...chosen] }
}

/** Names a place that can be decided. */
export function keyOf({ item, attribute, about }: Pick<Decision, 'item' | 'attribute' | 'about'>): string {
  return `${item} ${attribute} ${about}`
}
