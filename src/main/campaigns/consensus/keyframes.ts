import { type Box, mix } from '@shared/geometry/box'
import type { Keyframe } from '@shared/geometry/track'
import type { FrameBoxes } from '@main/campaigns/agreement/tubes'

/** How far a side may lie from where it was, px of the source. */
const tolerance = 0.5

/**
 * A track of as few key frames as keep each side of each frame's box within half a pixel (Douglas and Peucker's way,
 * over time); `outside` where it ends and begins again later.
 */
export function keyframesOf(boxes: FrameBoxes): Keyframe[] {
  const spans = spansOf(boxes)
  return spans.flatMap(({ from, to }, i) => {
    const kept = [from, ...between(boxes, from, to), ...(to > from ? [to] : [])]
    const shown = kept.map((frame) => keyframe(frame, boxes[frame] ?? nothing, false))
    const isLast = i === spans.length - 1 && to === boxes.length - 1
    return isLast ? shown : [...shown, keyframe(to + 1, boxes[to] ?? nothing, true)]
  })
}

const nothing: Box = { x1: 0, y1: 0, x2: 0, y2: 0 }

function keyframe(frame: number, box: Box, outside: boolean): Keyframe {
  return { frame, box, outside, occluded: false }
}

/** Where something is visible without a break, both ends included. */
function spansOf(boxes: FrameBoxes): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = []
  boxes.forEach((box, frame) => {
    const last = spans.at(-1)
    if (!box) return
    if (last && last.to === frame - 1) last.to = frame
    else spans.push({ from: frame, to: frame })
  })
  return spans
}

/** Frames between two others that are needed too. */
function between(boxes: FrameBoxes, from: number, to: number): number[] {
  const [first, last] = [boxes[from], boxes[to]]
  if (!first || !last || to - from < 2) return []
  let [worst, at] = [tolerance, -1]
  for (let frame = from + 1; frame < to; frame++) {
    const off = farthest(boxes[frame] ?? first, mix(first, last, (frame - from) / (to - from)))
    if (off > worst) [worst, at] = [off, frame]
  }
  return at < 0 ? [] : [...between(boxes, from, at), at, ...between(boxes, at, to)]
}

function farthest(a: Box, b: Box): number {
  return Math.max(Math.abs(a.x1 - b.x1), Math.abs(a.y1 - b.y1), Math.abs(a.x2 - b.x2), Math.abs(a.y2 - b.y2))
}
