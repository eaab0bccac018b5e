import type { VideoQuery, VideoSort } from '@shared/contract/library'
import type { Entry } from './entry'
import { annotationOf, isProblem } from './entry'
import type { Vocabulary } from './matcher'

/** What a video is sorted by; null stands last, whatever the direction. */
type Key = (video: Entry) => number | null

/**
 * Videos in the order of a query.
 * @param videos in natural order of name, which breaks ties
 */
export function inOrder(
  videos: readonly Entry[],
  { sort, direction }: Pick<VideoQuery, 'sort' | 'direction'>,
  vocabulary: Omit<Vocabulary, 'people'>,
): readonly Entry[] {
  if (sort === 'name') return direction === 'up' ? videos : videos.toReversed()
  const key = keyOf(sort, vocabulary)
  const sign = direction === 'up' ? 1 : -1
  const keys = Float64Array.from(videos, (video) => {
    const value = key(video)
    return value === null ? Infinity : sign * value
  })
  const places = Uint32Array.from(videos, (_, i) => i)
  places.sort((a, b) => {
    const [left, right] = [keys[a] ?? 0, keys[b] ?? 0]
    return left === right ? a - b : left < right ? -1 : 1
  })
  return Array.from(places, (place) => videos[place]).filter((video) => video !== undefined)
}

const states = ['new', 'partly', 'done'] as const

function keyOf(sort: Exclude<VideoSort, 'name'>, { classes, attributes }: Omit<Vocabulary, 'people'>): Key {
  const rank = new Map(classes.map(({ id }, i) => [id, i]))
  const keys: Record<typeof sort, Key> = {
    newest: (video) => -video.importedAt,
    class: (video) => (video.class === null ? null : (rank.get(video.class) ?? null)),
    split: (video) => (video.split === null ? null : Number(video.split === 'test')),
    attributes: (video) => video.present.length,
    tracks: (video) => video.tracks,
    frames: (video) => video.frames,
    fps: (video) => video.fps,
    size: (video) => video.width * video.height,
    state: (video) => (isProblem(video) ? -1 : states.indexOf(annotationOf(video, attributes.length))),
  }
  return keys[sort]
}
