import type { LabelValue } from '@shared/contract/library'
import type { AttributeId, CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import type { CampaignRow, ItemRow } from '@main/store/repositories/campaign-repository'
import type { Assignment, CampaignTrack } from '@main/store/repositories/campaign-work-repository'

/** What one person did with one item. */
export interface Part extends Pick<Assignment, 'item' | 'person' | 'seconds' | 'leftOut' | 'state' | 'leaseUntil'> {
  endedAt: number
  answers: ReadonlyMap<AttributeId, LabelValue>
  tracks: readonly CampaignTrack[]
}

/** A video that is asked about. */
export interface AskedItem extends ItemRow {
  name: string
  frames: number
  seconds: number
}

/** All of a campaign at once: what was asked, and what everybody said. */
export interface CampaignData {
  campaign: CampaignRow
  words: AttributeRow[]
  /** Those whose video is still there. */
  items: ReadonlyMap<ItemId, AskedItem>
  names: ReadonlyMap<PersonId, string>
  leftOut: ReadonlySet<PersonId>
  /** Oldest first; only those that were answered hold answers. */
  parts: Part[]
}

/** Reads a campaign. Throws Failure NOT_FOUND. */
export function campaignData(stored: Repositories, id: CampaignId): CampaignData {
  const campaign = stored.campaigns.get(id)
  const rows = new Map(stored.attributes.rows().map((row) => [row.id, row]))
  const items = askedItems(stored, id)
  const key = ({ item, person }: { item: ItemId; person: PersonId }) => `${item} ${person}`
  const answers = Map.groupBy(stored.campaignWork.answers(id), key)
  const tracks = Map.groupBy(stored.campaignWork.tracks(id), key)
  const parts = stored.campaignWork.ofCampaign(id).flatMap((one): Part[] => {
    if (!items.has(one.item)) return []
    const { item, person, seconds, leftOut, state, leaseUntil } = one
    const said = (answers.get(key(one)) ?? []).map(({ attribute, value }) => [attribute, value] as const)
    const endedAt = one.endedAt ?? one.givenAt
    const drawn = tracks.get(key(one)) ?? []
    return [{ item, person, seconds, leftOut, state, leaseUntil, endedAt, answers: new Map(said), tracks: drawn }]
  })
  return {
    campaign,
    words: campaign.attributes.flatMap((attribute) => rows.get(attribute) ?? []),
    items,
    names: new Map(stored.people.all().map((person) => [person.id, person.name])),
    leftOut: stored.campaigns.leftOut(id),
    parts: parts.sort((a, b) => a.endedAt - b.endedAt),
  }
}

/** Answers that count. */
export function counting({ parts }: Pick<CampaignData, 'parts'>): Part[] {
  return parts.filter(({ state, leftOut }) => state === 'answered' && !leftOut)
}

function askedItems(stored: Repositories, id: CampaignId): Map<ItemId, AskedItem> {
  const rows = stored.campaigns.items(id)
  const videos = new Map(stored.videos.ofIds(rows.map(({ video }) => video)).map((row) => [row.id as VideoId, row]))
  return new Map(
    rows.flatMap((row) => {
      const video = videos.get(row.video)
      if (!video) return []
      const { name, frames, fps } = video
      return [[row.id, { ...row, name, frames, seconds: fps > 0 ? frames / fps : 0 }] as const]
    }),
  )
}
