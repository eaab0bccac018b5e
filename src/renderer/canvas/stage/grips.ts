import { type Box, upright } from '@shared/geometry/box'
import type { Point } from './view-transform'

/** The eight places by which a selected box is resized. */
export const grips = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Grip = (typeof grips)[number]

/** Where a grip of a box lies. */
export function gripPoint({ x1, y1, x2, y2 }: Box, grip: Grip): Point {
  return {
    x: grip.includes('w') ? x1 : grip.includes('e') ? x2 : (x1 + x2) / 2,
    y: grip.includes('n') ? y1 : grip.includes('s') ? y2 : (y1 + y2) / 2,
  }
}

/** The box after one of its grips was pulled `by` so much; pulled over the other side it is turned upright. */
export function pulled({ x1, y1, x2, y2 }: Box, grip: Grip, by: Point): Box {
  return upright({
    x1: grip.includes('w') ? x1 + by.x : x1,
    y1: grip.includes('n') ? y1 + by.y : y1,
    x2: grip.includes('e') ? x2 + by.x : x2,
    y2: grip.includes('s') ? y2 + by.y : y2,
  })
}

/** The grip nearest to a point, or null when all are further than `reach` along an axis. */
export function gripAt(box: Box, at: Point, reach: number): Grip | null {
  const far = (grip: Grip) => {
    const point = gripPoint(box, grip)
    return Math.max(Math.abs(point.x - at.x), Math.abs(point.y - at.y))
  }
  // Corners win over sides, so that a tiny box can still be resized both ways.
  const near = [...grips].filter((grip) => far(grip) <= reach).sort((a, b) => b.length - a.length || far(a) - far(b))
  return near[0] ?? null
}

const cursors: Readonly<Record<Grip, string>> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
}

export function cursorOf(grip: Grip): string {
  return cursors[grip]
}
