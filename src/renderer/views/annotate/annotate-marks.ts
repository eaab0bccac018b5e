import type { Annotations, Track } from '@shared/contract/annotation'
import type { AttributeInfo } from '@shared/contract/library'
import type { Box } from '@shared/geometry/box'
import { type Keyframe, type KeyframeValue, boxAt } from '@shared/geometry/track'
import type { AttributeId, Frame, TrackId } from '@shared/ids'
import type { Mark } from '@renderer/canvas/stage/marks'

export interface MarkChoice {
  frame: Frame
  selected: TrackId | null
  /** Show the key frames before and after, faintly. */
  onion: boolean
  hidden: ReadonlySet<TrackId>
}

type Vocabulary = (id: AttributeId) => AttributeInfo | undefined

/** The boxes of a frame as marks; the selected one last, so that it lies on top. */
export function annotateMarks(tracks: readonly Track[], vocabulary: Vocabulary, choice: MarkChoice): Mark[] {
  const { frame, selected, onion, hidden } = choice
  const shown = tracks.filter((track) => !hidden.has(track.id))
  const names = trackNames(tracks, vocabulary)
  const marks = shown.flatMap((track) => markOf(track, { vocabulary, names }, choice))
  const traced = onion ? shown.filter((track) => track.id === selected) : []
  const traces = traced.flatMap((track) => tracesOf(track, vocabulary, frame))
  return [...traces, ...marks.sort((a, b) => Number(a.selected) - Number(b.selected))]
}

/** The boxes that other people drew in a frame, each with the name of who did. */
export function otherMarks(
  { tracks, people }: Pick<Annotations['others'], 'tracks' | 'people'>,
  vocabulary: Vocabulary,
  { frame, hidden }: Pick<MarkChoice, 'frame' | 'hidden'>,
): Mark[] {
  return tracks.flatMap((track): Mark[] => {
    const box = hidden.has(track.id) ? null : boxAt(track.keyframes, frame)
    if (!box) return []
    const label = `${trackName(track, vocabulary)}, ${personName(people, track)}`
    return [{ id: track.id, box, look: 'other', slot: slotOf(track, vocabulary), label, selected: false }]
  })
}

/** Who drew a track. */
export function personName(people: Annotations['others']['people'], { person }: Track): string {
  return people.find(({ id }) => id === person)?.name ?? 'somebody'
}

interface Named {
  vocabulary: Vocabulary
  names: ReadonlyMap<TrackId, string>
}

function markOf(track: Track, { vocabulary, names }: Named, { frame, selected }: MarkChoice): Mark[] {
  const box = boxAt(track.keyframes, frame)
  if (!box) return []
  const inForce = track.keyframes.findLast((k) => k.frame <= frame)
  const isKey = inForce?.frame === frame
  const name = names.get(track.id) ?? trackName(track, vocabulary)
  const isProposed = Boolean(inForce?.proposed || (!isKey && track.keyframes.find((k) => k.frame > frame)?.proposed))
  return [
    {
      id: track.id,
      box,
      look: isProposed ? 'proposed' : inForce?.occluded ? 'occluded' : isKey ? 'key' : 'between',
      slot: slotOf(track, vocabulary),
      label: isProposed ? `${name}, proposed` : track.id === selected && isKey ? `${name}, key frame` : name,
      selected: track.id === selected,
    },
  ]
}

function tracesOf(track: Track, vocabulary: Vocabulary, frame: Frame): Mark[] {
  const before = track.keyframes.findLast((k) => k.frame < frame && !k.outside)
  const after = track.keyframes.find((k) => k.frame > frame && !k.outside)
  return [before, after].flatMap((k): Mark[] =>
    k
      ? [
          {
            ...{ id: `${track.id}@${k.frame}`, box: k.box, look: 'trace', label: '', selected: false },
            slot: slotOf(track, vocabulary),
          },
        ]
      : [],
  )
}

export function trackName(track: Track, vocabulary: Vocabulary): string {
  if (track.kind === 'actor') return 'actor'
  return (track.attribute && vocabulary(track.attribute)?.name) || 'unknown attribute'
}

/** What tracks are called; several actors are numbered, as they were begun. */
export function trackNames(tracks: readonly Track[], vocabulary: Vocabulary): ReadonlyMap<TrackId, string> {
  const actors = tracks.filter(({ kind }) => kind === 'actor').map(({ id }) => id)
  return new Map(
    tracks.map((track) => {
      const name = trackName(track, vocabulary)
      const isOneOfMany = track.kind === 'actor' && actors.length > 1
      return [track.id, isOneOfMany ? `${name} ${actors.indexOf(track.id) + 1}` : name]
    }),
  )
}

export function slotOf(track: Track, vocabulary: Vocabulary): number | null {
  return track.attribute ? (vocabulary(track.attribute)?.slot ?? null) : null
}

/** What a person sees of a track at a frame, as a key frame there would say it; null before its first one. */
export function valueAt(keyframes: readonly Keyframe[], frame: Frame): KeyframeValue | null {
  const inForce = keyframes.findLast((k) => k.frame <= frame)
  const box = boxAt(keyframes, frame) ?? inForce?.box
  return inForce && box ? { box, outside: inForce.outside, occluded: inForce.occluded } : null
}

/**
 * The key frame that a new box at `frame` makes: it keeps "occluded", and an object that was outside is back.
 */
export function valueWithBox(keyframes: readonly Keyframe[], frame: Frame, box: Box): KeyframeValue {
  return { box, outside: false, occluded: valueAt(keyframes, frame)?.occluded ?? false }
}

/** The other track that M joins: of the same attribute, and nearest in time to the selected one. */
export function mergePartner(tracks: readonly Track[], own: Track): Track | null {
  const first = (track: Track) => track.keyframes[0]?.frame ?? 0
  return (
    tracks
      .filter((track) => track.id !== own.id && track.kind === own.kind && track.attribute === own.attribute)
      .sort((a, b) => Math.abs(first(a) - first(own)) - Math.abs(first(b) - first(own)))[0] ?? null
  )
}
