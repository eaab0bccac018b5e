import type { NeutralVideo } from '@main/interchange/dataset'
import type { KnownVideo } from '@main/interchange/format'
import { shownFrames } from './dense-track'
import { wordOf } from './said'
import { FrameClock } from './seconds'

/** What VIA has no place for. */
export const viaLosses = [
  'key frames: every frame with a box is written',
  'numbers of a box beyond three decimals',
  'groups, sides and descriptions of attributes',
  'splits, groups and classes of videos',
  'who said it and when',
]

/** An entry of `metadata`; words under the ids 1 to 7: object, track, flags, present, absent, unsure, seen. */
export interface WrittenEntry {
  z: number[]
  xy: number[]
  av: Record<string, string>
}

/** Everything said of a video, box by box and answer by answer. Times by the video's own frame table where it is known. */
export function* viaEntries(video: NeutralVideo, known: KnownVideo | null): Generator<WrittenEntry> {
  const { frames, fps } = video
  const clock = new FrameClock(known ?? { fps: fps ?? 25, timestampsMs: () => [] })
  for (const [i, track] of video.tracks.entries())
    for (const { frame, box, occluded } of shownFrames(track.keyframes, frames ?? 0)) {
      const corners = [box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1].map((value) => Math.round(value * 1000) / 1000)
      const av = { '1': wordOf(track), '2': String(i + 1), ...(occluded ? { '3': 'occluded' } : {}) }
      yield { z: [clock.secondsOf(frame)], xy: [2, ...corners], av }
    }
  for (const { attribute, value, span } of video.answers) {
    const id = { present: '4', absent: '5', unsure: '6' }[value]
    // VIA shows a temporal segment under an attribute that is made for segments.
    if (span) yield { z: [clock.secondsOf(span.from), clock.secondsOf(span.to)], xy: [], av: { '7': attribute } }
    else yield { z: [], xy: [], av: { [id]: attribute } }
  }
}

/** Names of the words' ids. */
export const viaNames = ['object', 'track', 'flags', 'present', 'absent', 'unsure', 'seen'] as const
