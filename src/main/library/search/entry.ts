import type { VideoRow } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'
import type { VideoFacts, VideoSaid } from '@main/store/repositories/search-repository'

/** Everything that lists, counts and searches know of a video. */
export interface Entry extends VideoFacts, VideoSaid {
  /** When what is said of it last changed, ms since 1970; 0 for never. */
  at: number
}

/** Lacks what training needs, or is not what it was. */
export function isProblem(video: Pick<Entry, 'status' | 'moved' | 'class' | 'split'>): boolean {
  return video.status !== 'ok' || video.moved || video.class === null || video.split === null
}

/** How much of a vocabulary of `words` attributes is answered. */
export function annotationOf(video: VideoSaid, words: number): VideoRow['annotation'] {
  const answers = video.present.length + video.absent.length + video.unsure.length
  if (answers === 0 && video.tracks === 0) return 'new'
  return answers > 0 && answers >= words ? 'done' : 'partly'
}

/** @param place of each attribute in the vocabulary */
export function rowOf(video: Entry, place: ReadonlyMap<AttributeId, number>): VideoRow {
  const { id, name, split, status, reason, frames, fps, width, height, tracks, moved } = video
  return {
    ...{ id, name, class: video.class, split, status, reason, frames, fps, width, height, tracks, moved },
    attributes: video.present.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)),
    annotation: annotationOf(video, place.size),
  }
}
