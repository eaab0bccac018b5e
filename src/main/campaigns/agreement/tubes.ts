import { type Box, area, intersect } from '@shared/geometry/box'
import { type Keyframe, boxAt } from '@shared/geometry/track'
import { munkres } from 'munkres'

/** A track frame by frame: its box, or null where it is not visible. */
export type FrameBoxes = readonly (Box | null)[]

/** @param frames of the video */
export function framesOf(keyframes: readonly Keyframe[], frames: number): FrameBoxes {
  return Array.from({ length: frames }, (_, frame) => boxAt(keyframes, frame))
}

/** Volume IoU of two tracks: sum of intersections / sum of unions over all frames; 0 where neither is visible. */
export function tubeIou(a: FrameBoxes, b: FrameBoxes): number {
  let [common, union] = [0, 0]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [one, other] = [a[i] ?? null, b[i] ?? null]
    const both = one && other ? area(intersect(one, other)) : 0
    common += both
    union += (one ? area(one) : 0) + (other ? area(other) : 0) - both
  }
  return union > 0 ? common / union : 0
}

/** Which of two lists belong together. */
export interface Match {
  a: number
  b: number
  iou: number
}

/**
 * Pairs the tracks of two lists so that the sum of their IoU is as high as it can be (Kuhn and Munkres' Hungarian
 * method); pairs that do not overlap are none.
 */
export function matched(a: readonly FrameBoxes[], b: readonly FrameBoxes[]): Match[] {
  if (a.length === 0 || b.length === 0) return []
  const ious = a.map((one) => b.map((other) => tubeIou(one, other)))
  return munkres(ious.map((row) => row.map((iou) => 1 - iou))).flatMap(([i, j]) => {
    const iou = ious[i]?.[j] ?? 0
    return iou > 0 ? [{ a: i, b: j, iou }] : []
  })
}

/**
 * Agreement of two people on the objects of one word: the mean IoU of what they drew, matched best, where an object that
 * only one of them drew counts 0.
 * @returns null where neither drew anything
 */
export function drawnAlike(a: readonly FrameBoxes[], b: readonly FrameBoxes[]): number | null {
  const most = Math.max(a.length, b.length)
  return most === 0 ? null : matched(a, b).reduce((sum, { iou }) => sum + iou, 0) / most
}
