import type { Random } from '@main/learning/random'
import { type ClipSize, type PixelBox, type Region, regionPixels } from './region'

/** How far a box may go from one frame to the next, pixels. */
export interface Reach {
  x: number
  y: number
}

/**
 * A tube with exactly the area of another, frame by frame: the same boxes as they lie in the clip, one after the other, that begins
 * anywhere they fit in space and time and wanders by at most `reach`. The honest control for every number that masking gives.
 */
export function randomTube(
  region: Region,
  size: ClipSize,
  { reach, stream }: { reach?: Reach; stream: Random },
): Region {
  const boxes = regionPixels(region, size)
  const [first, last] = [boxes.findIndex(Boolean), boxes.findLastIndex(Boolean)]
  if (first < 0) return region
  const shown = boxes.slice(first, last + 1)
  const start = stream.int(size.frames - shown.length + 1)
  const far = reach ?? farthestStep(shown)
  let at: { x: number; y: number } | null = null
  const moved = shown.map((box): PixelBox | null => {
    if (!box) return null
    const [w, h] = [box.x2 - box.x1, box.y2 - box.y1]
    const [right, below] = [size.width - w, size.height - h]
    const step = (from: number, by: number) => from + stream.int(2 * by + 1) - by
    at = at
      ? { x: within(step(at.x, Math.round(far.x)), right), y: within(step(at.y, Math.round(far.y)), below) }
      : { x: stream.int(right + 1), y: stream.int(below + 1) }
    return { x1: at.x, y1: at.y, x2: at.x + w, y2: at.y + h }
  })
  return Array.from({ length: size.frames }, (_, t) => moved[t - start] ?? null)
}

/** How far the boxes themselves go. */
function farthestStep(boxes: readonly (PixelBox | null)[]): Reach {
  const steps = boxes.slice(1).flatMap((box, i) => {
    const before = boxes[i]
    return box && before ? [{ x: Math.abs(box.x1 - before.x1), y: Math.abs(box.y1 - before.y1) }] : []
  })
  return { x: Math.max(0, ...steps.map(({ x }) => x)), y: Math.max(0, ...steps.map(({ y }) => y)) }
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}
