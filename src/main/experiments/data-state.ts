import { createHash } from 'node:crypto'
import type { Split } from '@shared/contract/library'
import type { Project } from '@main/project/project'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import { isReadable } from '@main/runs/clip-rows'
import type { DataCounts } from './table1'

/** Changes when a video, its class, split, labels or boxes do: numbers of another state are not numbers of this one. */
export function dataState({ repositories }: Project): string {
  const changed = repositories.labels.changes()
  const videos = repositories.videos
    .all()
    .filter(({ split }) => split !== null)
    .map((video) => [video.id, video.class, video.split, isReadable(video), changed.get(video.id) ?? 0])
  return createHash('sha256').update(JSON.stringify(videos)).digest('hex').slice(0, 16)
}

/** The counts of Table 1: of each split, of videos in none where there are any, and of all. */
export function dataCounts({ repositories }: Project): DataCounts[] {
  const { videos, labels, tracks } = repositories
  const all = videos.all()
  const present = labels.allPresent()
  const boxed = Map.groupBy(
    tracks.counted(all.map(({ id }) => id)).filter(({ kind }) => kind === 'attribute'),
    ({ video }) => video,
  )
  const count = (part: string, some: readonly VideoRecord[]): DataCounts => {
    const words = some.flatMap(({ id }) => [...(present.get(id) ?? [])])
    const own = some.flatMap(({ id }) => boxed.get(id) ?? [])
    return {
      part,
      videos: some.length,
      classes: new Set(some.flatMap((video) => video.class ?? [])).size,
      attributes: new Set(words).size,
      assigned: words.length,
      tracks: own.length,
      boxes: own.reduce((sum, { keyframes }) => sum + keyframes.filter(({ outside }) => !outside).length, 0),
      videosWithBoxes: some.filter(({ id }) => boxed.has(id)).length,
    }
  }
  const inSplit = (split: Split | null) => all.filter((video) => video.split === split)
  const loose = inSplit(null)
  return [
    count('all', all),
    count('train', inSplit('train')),
    count('test', inSplit('test')),
    ...(loose.length > 0 ? [count('in no split', loose)] : []),
  ]
}
