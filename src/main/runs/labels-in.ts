import type { Track } from '@shared/contract/annotation'
import type { LabelSource, LabelValue } from '@shared/contract/library'
import type { AttributeId, CampaignId, VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'

/** What is said of a video, and how sure that is. */
export interface LabelOf {
  video: VideoId
  attribute: AttributeId
  value: LabelValue
  source: LabelSource
  /** 0 to 1. */
  sure: number
}

type TrackOf = Pick<Track, 'attribute' | 'kind' | 'keyframes'> & {
  video: VideoId
  /** Share of those asked who drew it, in a layer; 1 elsewhere. */
  sure: number
}

/** Labels of videos: what people say today, or a campaign's layer where it says something, and today's elsewhere. */
export function labelsIn(
  { labels, layers }: Repositories,
  layer: CampaignId | null,
  ids: readonly VideoId[],
): LabelOf[] {
  const today = labels.ofVideos(ids).map((row) => ({ ...row, sure: 1 }))
  if (!layer) return today
  const over = layers.labelsOf(layer, ids)
  const said = new Set(over.map(placeOf))
  return [
    ...today.filter((row) => !said.has(placeOf(row))),
    ...over.map(({ video, attribute, value, sure }) => ({
      video,
      attribute,
      value,
      sure,
      source: 'consensus' as const,
    })),
  ]
}

/** Boxes of videos in the same way: of a video that a campaign boxed or knows the boxes of, its words are boxed as the layer has them. */
export function tracksIn(
  { tracks, layers, campaigns }: Repositories,
  layer: CampaignId | null,
  ids: readonly VideoId[],
): TrackOf[] {
  const today = tracks.counted(ids).map((track) => ({ ...track, sure: 1 }))
  const campaign = layer ? campaigns.get(layer) : null
  if (!campaign || campaign.kind === 'attributes') return today
  const boxed = new Set(
    campaigns.itemsOf(campaign.id, ids).flatMap(({ video, answers, gold }) => {
      return answers > 0 || gold ? video : []
    }),
  )
  const words = new Set<AttributeId | null>(campaign.attributes)
  const over = layers.tracksOf(campaign.id, ids).map(({ video, attribute, keyframes, sure }) => {
    return { video, attribute, keyframes, sure, kind: 'attribute' as const }
  })
  return [...today.filter(({ video, attribute }) => !boxed.has(video) || !words.has(attribute)), ...over]
}

function placeOf({ video, attribute }: { video: VideoId; attribute: AttributeId }): string {
  return `${video} ${attribute}`
}
