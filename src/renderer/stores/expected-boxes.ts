import type { Track } from '@shared/contract/annotation'
import type { Keyframe } from '@shared/geometry/track'
import type { TrackId } from '@shared/ids'
import { type ComputedRef, computed, shallowRef } from 'vue'

/** A key frame whose answer is on its way. */
export type ExpectedBox = Keyframe & { track: TrackId }

/**
 * Tracks as they will be when every key frame that was set has been answered, so that a box follows the hand and not
 * the line, and the next step of the keys begins where the last one ended.
 */
export function useExpectedBoxes(said: ComputedRef<readonly Track[]>) {
  const expected = shallowRef<readonly ExpectedBox[]>([])
  const tracks = computed(() => (expected.value.length > 0 ? withBoxes(said.value, expected.value) : said.value))

  /** @returns what is to be called when the answer, or a refusal, has come */
  function expect(box: ExpectedBox): () => void {
    expected.value = [...expected.value, box]
    return () => (expected.value = expected.value.filter((other) => other !== box))
  }

  return { tracks, expect }
}

function withBoxes(tracks: readonly Track[], boxes: readonly ExpectedBox[]): readonly Track[] {
  const ofTrack = Map.groupBy(boxes, ({ track }) => track)
  return tracks.map((track) => {
    const own = ofTrack.get(track.id)
    return own ? { ...track, keyframes: own.reduce(withBox, track.keyframes) } : track
  })
}

function withBox(keyframes: readonly Keyframe[], { track: _, ...set }: ExpectedBox): Keyframe[] {
  return [...keyframes.filter(({ frame }) => frame !== set.frame), set].sort((a, b) => a.frame - b.frame)
}
