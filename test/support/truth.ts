import type { Keyframe } from '@shared/geometry/track'
import type { NeutralVideo } from '@main/interchange/dataset'
import type { KnownVideo } from '@main/interchange/format'
import { shownFrames } from '@main/interchange/kit/dense-track'
import { wordOf } from '@main/interchange/kit/said'

/** `truth.json` of the shared annotation fixtures: every frame of every track. */
export interface Truth {
  video_attributes: Record<string, unknown>
  tracks: Record<
    string,
    { label: string; frames: Record<string, { box: number[]; occluded: boolean; keyframe: boolean }> }
  >
}

/** The fixtures' video. */
export const truthClip: KnownVideo = {
  ...{ name: 'cfr30', frames: 90, width: 160, height: 120, fps: 30 },
  timestampsMs: () => Array.from({ length: 90 }, (_, i) => (i * 1000) / 30),
}

/** The truth as a video of a project. */
export function truthVideo({ tracks }: Truth): NeutralVideo {
  const { name, frames, width, height, fps } = truthClip
  const said = { source: 'person' as const, person: null, at: null }
  return {
    ...{ name, sha256: null, path: null, class: null, split: null, group: null, frames, width, height, fps },
    answers: [],
    tracks: Object.values(tracks).map(({ label, frames: seen }) => {
      return { ...said, kind: 'attribute', attribute: label, keyframes: keyframesOf(seen, frames), name: null }
    }),
  }
}

function keyframesOf(seen: Truth['tracks'][string]['frames'], frames: number): Keyframe[] {
  return Object.entries(seen).flatMap(
    ([
      at,
      {
        box: [x1 = 0, y1 = 0, x2 = 0, y2 = 0],
        occluded,
        keyframe,
      },
    ]) => {
      const frame = Number(at)
      const here = { frame, box: { x1, y1, x2, y2 }, outside: false, occluded }
      const isLast = !(frame + 1 in seen) && frame + 1 < frames
      return [...(keyframe ? [here] : []), ...(isLast ? [{ ...here, frame: frame + 1, outside: true }] : [])]
    },
  )
}

export type Seen = Record<string, Record<string, { box: number[]; occluded: boolean }>>

/** What videos show of each word, frame by frame; the pieces of an object that went and came are one. */
export function seenOf(videos: readonly NeutralVideo[]): Seen {
  const seen: Seen = {}
  for (const track of videos.flatMap((video) => video.tracks))
    for (const { frame, box, occluded } of shownFrames(track.keyframes, truthClip.frames))
      (seen[wordOf(track)] ??= {})[frame] = { box: [box.x1, box.y1, box.x2, box.y2], occluded }
  return seen
}

/** The truth, with a number of the file in the place of one that is as near as the format can be. */
export function expectedOf(
  truth: Truth,
  { px, occluded, cut = false }: { px: number; occluded: boolean; cut?: boolean },
  read: Seen,
): Seen {
  return Object.fromEntries(
    Object.values(truth.tracks).map(({ label, frames }) => [
      label,
      Object.fromEntries(
        Object.entries(frames).map(([frame, { box, occluded: hidden }]) => {
          const found = read[label]?.[frame]
          const within = (side: number, k: number) =>
            Math.min(Math.max(side, 0), k % 2 ? truthClip.height : truthClip.width)
          const near = (cut ? box.map(within) : box).map((side, k) =>
            found && Math.abs(found.box[k]! - side) <= px ? found.box[k]! : side,
          )
          return [frame, { box: near, occluded: occluded ? hidden : (found?.occluded ?? hidden) }]
        }),
      ),
    ]),
  )
}
