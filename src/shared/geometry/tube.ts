import { z } from 'zod'
import { Frame } from '@shared/ids'
import { Box, area, intersect, iou, unionArea } from './box'

/** One box per frame it covers; frames may be sampled, so they need not be neighbours. Source pixels, source ordinals. */
export const Tube = z.array(z.object({ frame: Frame, box: Box }))
export type Tube = z.infer<typeof Tube>

/** The boxes of a truth at each frame of interest; an empty list where the attribute is not visible. */
export type Truth = ReadonlyMap<Frame, readonly Box[]>

/**
 * Volume IoU of a tube with a truth over `frames`: sum of intersections / sum of unions.
 * Several true boxes in one frame count as the area of their union.
 */
export function volumeIou(tube: Tube, truth: Truth, frames: readonly Frame[]): number {
  const said = new Map(tube.map(({ frame, box }) => [frame, box]))
  let common = 0
  let union = 0
  for (const frame of frames) {
    const box = said.get(frame)
    const boxes = truth.get(frame) ?? []
    const true_ = unionArea(boxes)
    const both = box ? unionArea(boxes.map((b) => intersect(b, box)).filter((b) => area(b) > 0)) : 0
    common += both
    union += true_ + (box ? area(box) : 0) - both
  }
  return union > 0 ? common / union : 0
}

/** IoU in the one frame where a key-frame truth has its boxes; the best over such frames that the tube covers. */
export function keyframeIou(tube: Tube, truth: Truth): number {
  return Math.max(0, ...tube.flatMap(({ frame, box }) => (truth.get(frame) ?? []).map((b) => iou(b, box))))
}

/** Mean IoU over the frames in which the tube or the truth has a box. */
export function framewiseIou(tube: Tube, truth: Truth, frames: readonly Frame[]): number {
  const values = frames.flatMap((frame) => {
    const said = tube.filter((t) => t.frame === frame)
    const there = truth.get(frame) ?? []
    return said.length || there.length ? [volumeIou(said, truth, [frame])] : []
  })
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0
}
