import { computed, ref, shallowRef } from 'vue'
import type { Track } from '@shared/contract/annotation'
import type { Frame, TrackId } from '@shared/ids'
import type { TimelineRow } from '@renderer/canvas/timeline/timeline-row'
import type { Mark } from '@renderer/canvas/stage/marks'
import { useAnnotation } from '@renderer/stores/annotation'
import { usePeople } from '@renderer/stores/people'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { annotateMarks, otherMarks, personName, slotOf, trackName, trackNames } from './annotate-marks'

/**
 * The boxes of the frame drawn, and the rows of the timeline; tracks can be hidden from the stage. Those of other people
 * are beneath one's own, and only looked at.
 */
export function useShownMarks(drawn: () => Frame | null) {
  const annotation = useAnnotation()
  const vocabulary = useVocabulary()
  const onion = ref(false)
  const people = usePeople()
  const hidden = shallowRef<ReadonlySet<TrackId>>(new Set())

  const others = computed(() =>
    annotation.allPeople && people.isReviewer ? annotation.others : { people: [], labels: [], tracks: [], spans: [] },
  )
  const resting = computed<Mark[]>(() => {
    const frame = drawn()
    if (frame === null) return []
    const choice = { frame, selected: annotation.selected, onion: onion.value, hidden: hidden.value }
    return [
      ...otherMarks(others.value, vocabulary.attributeOf, choice),
      ...annotateMarks(annotation.tracks, vocabulary.attributeOf, choice),
    ]
  })
  const own = computed(() => resting.value.find((mark) => mark.selected) ?? null)
  const names = computed(() => trackNames(annotation.tracks, vocabulary.attributeOf))
  const nameOf = (track: Track) => names.value.get(track.id) ?? trackName(track, vocabulary.attributeOf)
  const rowOf = (track: Track, by: string | null): TimelineRow => ({
    ...{ id: track.id, keyframes: track.keyframes, hidden: hidden.value.has(track.id), by },
    ...{ name: nameOf(track), slot: slotOf(track, vocabulary.attributeOf), isActor: track.kind === 'actor' },
  })
  /** Attributes first, actors apart beneath them, and what others drew last. */
  const rows = computed(() => {
    const [actors, attributes] = [true, false].map((is) =>
      annotation.tracks.filter(({ kind }) => (kind === 'actor') === is).map((track) => rowOf(track, null)),
    )
    const ofOthers = others.value.tracks.map((track) => rowOf(track, personName(others.value.people, track)))
    return [...(attributes ?? []), ...(actors ?? []), ...ofOthers]
  })

  function toggleHidden(track: TrackId): void {
    const next = new Set(hidden.value)
    if (!next.delete(track)) next.add(track)
    hidden.value = next
  }

  return { onion, resting, own, others, rows, nameOf, toggleHidden }
}
