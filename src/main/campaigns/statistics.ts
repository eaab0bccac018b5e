import type { CampaignStatistics } from '@shared/contract/campaign-quality'
import type { VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { LayerLabel, LayerTrack } from '@main/store/repositories/layer-repository'
import { nominalAlpha } from './agreement/alpha'
import { meanOf } from './agreement/spread'
import { UnitTable } from './agreement/units'
import { counting } from './outcome/campaign-data'
import type { Result } from './outcome/results'
import { pairsOf } from './quality/pairs'

/** Numbers of the data set that a campaign makes: the paper's Table 1, with agreement beside it. */
export function statisticsOf(
  { data }: Result,
  layer: { labels: readonly LayerLabel[]; tracks: readonly LayerTrack[] },
  stored: Repositories,
): CampaignStatistics {
  const parts = counting(data)
  const videos = stored.videos.ofIds([...data.items.values()].map(({ video }) => video))
  const splitOf = new Map<VideoId, 'train' | 'test' | null>(videos.map(({ id, split }) => [id, split]))
  const present = layer.labels.filter(({ value }) => value === 'present')
  const labelled = new Set(layer.labels.map(({ video }) => video))
  const boxes = (split: 'train' | 'test') =>
    layer.tracks
      .filter(({ video }) => splitOf.get(video) === split)
      .reduce((sum, { keyframes }) => sum + keyframes.filter(({ outside }) => !outside).length, 0)
  const inSplit = (split: 'train' | 'test' | null) => videos.filter((video) => video.split === split).length
  const answered = new Set(parts.map(({ item }) => item))
  return {
    videos: { train: inSplit('train'), test: inSplit('test'), none: inSplit(null) },
    classes: new Set(videos.flatMap((video) => video.class ?? [])).size,
    attributes: data.words.length,
    attributesPerVideo: labelled.size > 0 ? present.length / labelled.size : null,
    boxes: { train: boxes('train'), test: boxes('test') },
    annotators: new Set(parts.map(({ person }) => person)).size,
    answers: parts.length,
    answersPerItem: answered.size > 0 ? parts.length / answered.size : 0,
    hours: parts.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / 3600,
    alpha: nominalAlpha(new UnitTable(parts).all()),
    iou: meanOf(pairsOf(data).map(({ iou }) => iou)),
    decided: [...layer.labels, ...layer.tracks].filter(({ decided }) => decided).length,
    sure: meanOf([...layer.labels, ...layer.tracks].filter(({ decided }) => !decided).map(({ sure }) => sure)),
  }
}
