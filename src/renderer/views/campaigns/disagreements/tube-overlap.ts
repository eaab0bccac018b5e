import { iou } from '@shared/geometry/box'
import { type Keyframe, boxAt } from '@shared/geometry/track'
import type { Frame } from '@shared/ids'

type Tube = readonly Keyframe[]

/** IoU of two tubes in one frame; null where neither is visible. */
export function overlapIn(a: Tube, b: Tube, frame: Frame): number | null {
  const [one, other] = [boxAt(a, frame), boxAt(b, frame)]
  if (!one && !other) return null
  return one && other ? iou(one, other) : 0
}

/** The lowest IoU of any tube with the median in every frame; null in frames in which nothing is visible. */
export function lowestOverlaps(tubes: readonly Tube[], median: Tube, frames: number): (number | null)[] {
  return Array.from({ length: frames }, (_, frame) => {
    const here = tubes.flatMap((tube) => overlapIn(tube, median, frame) ?? [])
    return here.length > 0 ? Math.min(...here) : null
  })
}
