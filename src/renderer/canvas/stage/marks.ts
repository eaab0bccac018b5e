import { type Box, area } from '@shared/geometry/box'
import type { Point } from './view-transform'

/**
 * How a mark is drawn, which says who or what it is from: the model's tube (closed, lightly filled), people's boxes
 * (corner brackets edged in their colour), and in Annotate key frames (solid), interpolated (dashed) and occluded
 * (dotted) boxes, and what a tracker proposed (dashes and dots). A trace is the same track in a neighbouring frame; a draft is a box being drawn; an other is a box of
 * somebody else, which cannot be taken hold of.
 */
export type MarkLook =
  'tube' | 'truth' | 'key' | 'between' | 'occluded' | 'proposed' | 'trace' | 'draft' | 'area' | 'other'

const outOfReach: ReadonlySet<MarkLook> = new Set(['trace', 'draft', 'other'])

/** A box on the stage. */
export interface Mark {
  id: string
  /** Source pixels of the displayed picture. */
  box: Box
  look: MarkLook
  /** Colour slot of the attribute; null for an attribute unknown. */
  slot: number | null
  /** Words on the tab above the box; none when empty. */
  label: string
  selected: boolean
}

/**
 * The mark a click means: of those under the point the selected one, else the smallest, so that what lies inside
 * something larger can be reached.
 * @param reach source pixels around a box that still count
 */
export function markAt(marks: readonly Mark[], at: Point, reach = 0): Mark | null {
  const under = marks.filter(({ box, look }) => !outOfReach.has(look) && isInside(box, at, reach))
  return under.find((mark) => mark.selected) ?? under.sort((a, b) => area(a.box) - area(b.box))[0] ?? null
}

function isInside({ x1, y1, x2, y2 }: Box, { x, y }: Point, reach: number): boolean {
  return x >= x1 - reach && x < x2 + reach && y >= y1 - reach && y < y2 + reach
}
