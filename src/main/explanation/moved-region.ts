import type { Box } from '@shared/geometry/box'
import type { Random } from '@main/learning/random'
import type { ClipSize, Region } from './region'

/** The same boxes for as long, beginning anywhere they fit in space and time, wandering no further than they did. */
export function movedRegion(region: Region, { frames, width, height }: ClipSize, stream: Random): Region {
  const boxes = region.filter((box) => box !== null)
  const [first] = boxes
  if (!first) return region
  const start = stream.int(frames - boxes.length + 1)
  const reach = farthestStep(boxes)
  let [x, y] = [stream.next() * (width - widthOf(first)), stream.next() * (height - heightOf(first))]
  const moved = boxes.map((box, i): Box => {
    const [w, h] = [widthOf(box), heightOf(box)]
    if (i > 0) [x, y] = [x + stream.between(-reach.x, reach.x), y + stream.between(-reach.y, reach.y)]
    x = Math.max(0, Math.min(width - w, x))
    y = Math.max(0, Math.min(height - h, y))
    return { x1: x, y1: y, x2: x + w, y2: y + h }
  })
  return Array.from({ length: frames }, (_, t) => moved[t - start] ?? null)
}

function farthestStep(boxes: readonly Box[]): { x: number; y: number } {
  const steps = boxes.slice(1).map((box, i) => {
    const before = boxes[i] ?? box
    return { x: Math.abs(box.x1 - before.x1), y: Math.abs(box.y1 - before.y1) }
  })
  return { x: Math.max(0, ...steps.map(({ x }) => x)), y: Math.max(0, ...steps.map(({ y }) => y)) }
}

function widthOf({ x1, x2 }: Box): number {
  return x2 - x1
}

function heightOf({ y1, y2 }: Box): number {
  return y2 - y1
}
