import { type Keyframe, visibleSpans } from '@shared/geometry/track'
import type { Frame } from '@shared/ids'

/** A stretch of a lane, both ends inclusive. */
export interface Span {
  from: Frame
  to: Frame
}

/** What the lane of a track shows: where it is visible, where of that it is occluded or only proposed, and its key frames. */
export interface TrackLane {
  spans: Span[]
  occluded: Span[]
  proposed: Span[]
  keyframes: { frame: Frame; outside: boolean; proposed: boolean }[]
}

/** The lane of a track in a video of `frames` pictures. */
export function laneOf(keyframes: readonly Keyframe[], frames: number): TrackLane {
  const occluded = keyframes.flatMap((k, i) => {
    const to = (keyframes[i + 1]?.frame ?? frames) - 1
    return k.occluded && !k.outside && to >= k.frame ? [{ from: k.frame, to }] : []
  })
  return {
    spans: visibleSpans(keyframes, frames),
    occluded,
    proposed: proposedSpans(keyframes, frames),
    keyframes: keyframes.map(({ frame, outside, proposed = false }) => ({ frame, outside, proposed })),
  }
}

/** On the way to a proposal and from it on, as far as the object is visible. */
function proposedSpans(keyframes: readonly Keyframe[], frames: number): Span[] {
  const spans: Span[] = []
  keyframes.forEach((k, i) => {
    const next = keyframes[i + 1]
    const to = next ? next.frame - 1 : frames - 1
    const isProposed = k.proposed || (next?.proposed && !next.outside)
    if (!isProposed || k.outside || to < k.frame) return
    const last = spans.at(-1)
    if (last && last.to + 1 === k.frame) last.to = to
    else spans.push({ from: k.frame, to })
  })
  return spans
}

/** The next key frame after (or, backwards, before) `frame` among the given tracks; null at the end. */
export function nextKeyframe(tracks: readonly (readonly Keyframe[])[], frame: Frame, direction: 1 | -1): Frame | null {
  const frames = tracks.flatMap((keyframes) => keyframes.map((k) => k.frame))
  const ahead = frames.filter((other) => (direction > 0 ? other > frame : other < frame))
  if (ahead.length === 0) return null
  return direction > 0 ? Math.min(...ahead) : Math.max(...ahead)
}

/** The frame half way through the longest interpolated stretch of a track; null where no frame lies between two. */
export function longestGap(keyframes: readonly Keyframe[]): Frame | null {
  const gaps = keyframes.flatMap((k, i) => {
    const next = keyframes[i + 1]
    return next && !k.outside && next.frame - k.frame > 1 ? [{ from: k.frame, length: next.frame - k.frame }] : []
  })
  const longest = gaps.reduce((most, gap) => (gap.length > most.length ? gap : most), { from: 0, length: 0 })
  return longest.length > 0 ? longest.from + Math.floor(longest.length / 2) : null
}

/**
 * Where a key frame may be dragged: between its neighbours, not onto them, and inside the video.
 */
export function retimeLimits(keyframes: readonly Keyframe[], frame: Frame, frames: number): Span {
  const before = keyframes.findLast((k) => k.frame < frame)
  const after = keyframes.find((k) => k.frame > frame)
  return { from: before ? before.frame + 1 : 0, to: after ? after.frame - 1 : frames - 1 }
}
