import { type Box, area, translate, upright } from '@shared/geometry/box'
import { type Grip, pulled } from './grips'
import type { Point } from './view-transform'

/** What the pointer took hold of: nothing (so a new box is drawn), a box, or a grip of a box. */
export type Hold = { what: 'nothing' } | { what: 'box'; box: Box } | { what: 'grip'; box: Box; grip: Grip }

export type DragState =
  { is: 'idle' } | { is: 'held'; at: Point; hold: Hold } | { is: 'dragging'; at: Point; hold: Hold; shown: Box }

export type DragEvent =
  { type: 'press'; at: Point; hold: Hold } | { type: 'move' | 'release'; at: Point } | { type: 'cancel' }

/** How a drag ended: a box to keep, or a click that moved nothing. */
export type DragEnd = { did: 'draw' | 'move' | 'resize'; box: Box } | { did: 'click'; at: Point }

export const idle: DragState = { is: 'idle' }

/**
 * One step of drawing, moving or resizing a box: pointer events in, what to show out, `end` once at release.
 * Source pixels throughout; a move shorter than `slop` is a click; a drawn box without area is none.
 */
export function drag(state: DragState, event: DragEvent, slop: number): { state: DragState; end?: DragEnd } {
  if (event.type === 'cancel') return { state: idle }
  if (event.type === 'press') return { state: { is: 'held', at: event.at, hold: event.hold } }
  if (state.is === 'idle') return { state }
  const by = { x: event.at.x - state.at.x, y: event.at.y - state.at.y }
  const still = state.is === 'held' && Math.hypot(by.x, by.y) < slop
  if (event.type === 'release') return { state: idle, end: still ? { did: 'click', at: state.at } : endOf(state, by) }
  if (still) return { state }
  return { state: { is: 'dragging', at: state.at, hold: state.hold, shown: shownBox(state.at, state.hold, by) } }
}

function endOf({ at, hold }: { at: Point; hold: Hold }, by: Point): DragEnd {
  const box = shownBox(at, hold, by)
  if (area(box) === 0) return { did: 'click', at }
  return { did: hold.what === 'nothing' ? 'draw' : hold.what === 'box' ? 'move' : 'resize', box }
}

function shownBox(at: Point, hold: Hold, by: Point): Box {
  if (hold.what === 'box') return translate(hold.box, by)
  if (hold.what === 'grip') return pulled(hold.box, hold.grip, by)
  return upright({ x1: at.x, y1: at.y, x2: at.x + by.x, y2: at.y + by.y })
}
