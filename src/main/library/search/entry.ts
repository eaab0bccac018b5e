import type { VideoRow } from '@shared/contract/library'
import type { WorkState } from '@shared/contract/work-state'
import type { AttributeId, PersonId } from '@shared/ids'
import type { PersonsWork, VideoFacts, VideoSaid } from '@main/store/repositories/search-repository'

/** Everything that lists, counts and searches know of a video. */
export interface Entry extends VideoFacts, VideoSaid {
  /** When what is said of it last changed, ms since 1970; 0 for never. */
  at: number
  /** What people did beside saying something. */
  work: readonly PersonsWork[]
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

type Worked = Pick<Entry, 'people' | 'work'>
const untouched: readonly WorkState[] = ['new']

/** How far a person is with a video; without one, every state that somebody is in, and `new` where nobody began. */
export function workStates({ people, work }: Worked, person: PersonId | null): readonly WorkState[] {
  if (people.length === 0 && work.length === 0) return untouched
  if (person !== null) {
    const own = work.find((one) => one.person === person)
    return [own?.state ?? (people.includes(person) ? 'started' : 'new')]
  }
  const isBegun = people.some((one) => !work.some((other) => other.person === one))
  return [...new Set([...work.map(({ state }) => state), ...(isBegun ? (['started'] as const) : [])])]
}

/** Everybody who did something with a video. */
export function workersOf({ people, work }: Worked): readonly PersonId[] {
  if (work.length === 0) return people
  return [...new Set([...people, ...work.map(({ person }) => person)])]
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
