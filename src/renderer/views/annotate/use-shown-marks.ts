import { computed, ref, shallowRef } from 'vue'
import type { Frame, TrackId } from '@shared/ids'
import type { Mark } from '@renderer/canvas/stage/marks'
import { useAnnotation } from '@renderer/stores/annotation'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { annotateMarks, slotOf, trackName } from './annotate-marks'

/** The boxes of the frame drawn, and the rows of the timeline; tracks can be hidden from the stage. */
export function useShownMarks(drawn: () => Frame | null) {
  const annotation = useAnnotation()
  const vocabulary = useVocabulary()
  const onion = ref(false)
  const hidden = shallowRef<ReadonlySet<TrackId>>(new Set())

  const resting = computed<Mark[]>(() => {
    const frame = drawn()
    if (frame === null) return []
    const choice = { frame, selected: annotation.selected, onion: onion.value, hidden: hidden.value }
    return annotateMarks(annotation.tracks, vocabulary.attributeOf, choice)
  })
  const own = computed(() => resting.value.find((mark) => mark.selected) ?? null)
  const rows = computed(() =>
    annotation.tracks.map((track) => ({
      ...{ id: track.id, keyframes: track.keyframes, hidden: hidden.value.has(track.id) },
      ...{ name: trackName(track, vocabulary.attributeOf), slot: slotOf(track, vocabulary.attributeOf) },
    })),
  )

  function toggleHidden(track: TrackId): void {
    const next = new Set(hidden.value)
    if (!next.delete(track)) next.add(track)
    hidden.value = next
  }

  return { onion, resting, own, rows, toggleHidden }
}
