import { type Affine, toClip, toSource } from '@shared/geometry/affine'
import type { Box } from '@shared/geometry/box'
import type { Tube } from '@shared/geometry/tube'
import type { Frame } from '@shared/ids'
import type { Region } from '@main/explanation/region'

/** Where the sampled frames and pixels of a clip come from. */
export interface ClipPlace {
  /** Source ordinals in the order of the clip; may repeat where a short video was filled up. */
  frames: readonly Frame[]
  affine: Affine
}

/** A region of a clip in source pixels and source frames; the first of a frame that was sampled twice. */
export function tubeOf(region: Region, { frames, affine }: ClipPlace): Tube {
  const seen = new Set<Frame>()
  return region.flatMap((box, t) => {
    const frame = frames[t]
    if (!box || frame === undefined || seen.has(frame)) return []
    seen.add(frame)
    return [{ frame, box: toSource(box, affine) }]
  })
}

/** A tube of the source in the pixels and sampled frames of a clip. */
export function regionOfTube(tube: Tube, { frames, affine }: ClipPlace): (Box | null)[] {
  const boxes = new Map(tube.map(({ frame, box }) => [frame, box]))
  return frames.map((frame) => {
    const box = boxes.get(frame)
    return box ? toClip(box, affine) : null
  })
}
