import { z } from 'zod'

/**
 * An axis-parallel box in source pixels of the displayed picture (upright, square pixels).
 * The corner (x1, y1) is inside, (x2, y2) is not: [x1, x2) x [y1, y2). Floats; may reach outside the picture.
 */
export const Box = z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() })
export type Box = z.infer<typeof Box>

/** Far beyond any picture; boxes may reach outside of theirs. */
const farthest = 1e6
const Coordinate = z.number().min(-farthest).max(farthest)

/** A box as it comes in, from whatever door: finite, no coordinate beyond a million pixels. What is stored is a `Box`. */
export const BoundedBox = z.object({ x1: Coordinate, y1: Coordinate, x2: Coordinate, y2: Coordinate })

export interface Size {
  width: number
  height: number
}

/** Square pixels covered; 0 for an empty or inverted box. */
export function area({ x1, y1, x2, y2 }: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1)
}

/** The common part of two boxes; its `area` is 0 when they do not meet. */
export function intersect(a: Box, b: Box): Box {
  return { x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1), x2: Math.min(a.x2, b.x2), y2: Math.min(a.y2, b.y2) }
}

/** Intersection over union, 0 to 1; 0 when both are empty. */
export function iou(a: Box, b: Box): number {
  const common = area(intersect(a, b))
  const union = area(a) + area(b) - common
  return union > 0 ? common / union : 0
}

/** The part of a box inside the picture. */
export function clip(box: Box, { width, height }: Size): Box {
  return intersect(box, { x1: 0, y1: 0, x2: width, y2: height })
}

export function translate({ x1, y1, x2, y2 }: Box, by: { x: number; y: number }): Box {
  return { x1: x1 + by.x, y1: y1 + by.y, x2: x2 + by.x, y2: y2 + by.y }
}

/** Linear interpolation, `share` 0 gives `from`, 1 gives `to`. */
export function mix(from: Box, to: Box, share: number): Box {
  const at = (a: number, b: number) => a + (b - a) * share
  return { x1: at(from.x1, to.x1), y1: at(from.y1, to.y1), x2: at(from.x2, to.x2), y2: at(from.y2, to.y2) }
}

/** The box with its corners in order, however it was dragged. */
export function upright({ x1, y1, x2, y2 }: Box): Box {
  return { x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) }
}

/** Square pixels covered by at least one of the boxes (sweep over x; exact). */
export function unionArea(boxes: readonly Box[]): number {
  const edges = [...new Set(boxes.flatMap((box) => [box.x1, box.x2]))].sort((a, b) => a - b)
  return edges.slice(1).reduce((sum, right, i) => {
    const left = edges[i] ?? right
    const strip = boxes.filter((box) => box.x1 <= left && box.x2 >= right)
    return sum + (right - left) * coveredLength(strip.map((box) => [box.y1, box.y2]))
  }, 0)
}

function coveredLength(spans: [number, number][]): number {
  let covered = 0
  let reached = -Infinity
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return covered
}
