import { type Box, type Size, area, clip, translate } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import { type Gray, type Match, bestMatch, bordered, contrastOf, patchOf } from './correlation'

/** What was followed until where, and why no further. */
export interface Followed {
  /** One for each frame after the first, in order, in the pixels that the box was given in. */
  boxes: { frame: Frame; box: Box; score: number }[]
  /** `weak`: nothing alike enough; `edge`: the same, at the edge of the picture; `flat`: nothing in the box to hold on to. */
  ended: 'done' | 'weak' | 'edge' | 'flat'
}

/** Below this likeness what was found is something else. */
const weakest = 0.6
/** From this likeness on the patch takes a little of what was found, so that slow changes are followed. */
const sure = 0.8
const learnt = 0.1
/** Grey levels by which a patch must vary. */
const leastContrast = 3
/** How far from where it is expected something is looked for, in sides of the box. */
const reach = 0.6

/**
 * Follows what is in a box from picture to picture: it is looked for around where it would be if it moved on as
 * before, and keeps its size. A patch of it that is 16 to 40 pixels long is a good one.
 * @param pictures one after the other, the first the one that the box is in
 * @param start pixels of these pictures
 */
export async function followBox(pictures: AsyncIterable<{ frame: Frame; gray: Gray }>, start: Box): Promise<Followed> {
  const boxes: Followed['boxes'] = []
  let held: Held | null = null
  for await (const { frame, gray } of pictures) {
    if (!held) {
      held = take(gray, start)
      if (!held) return { boxes, ended: 'flat' }
      continue
    }
    const found = find(held, gray)
    if (!found || found.score < weakest) return { boxes, ended: isAtEdge(held, gray) ? 'edge' : 'weak' }
    if (isHalfOut(held.patch, found, gray)) return { boxes, ended: 'edge' }
    const by = { x: found.x - held.first.x, y: found.y - held.first.y }
    boxes.push({ frame, box: translate(start, by), score: found.score })
    held = moved(held, found, gray)
  }
  return { boxes, ended: 'done' }
}

interface Point {
  x: number
  y: number
}

interface Held {
  patch: Gray
  first: Point
  last: Point
  speed: Point
}

/** The part of the box in the picture, in whole pixels; null where it is too small or all alike. */
function take(gray: Gray, start: Box): Held | null {
  const inside = clip(start, gray)
  if (area(inside) === 0) return null
  const [x, y] = [Math.floor(inside.x1), Math.floor(inside.y1)]
  const size = { width: Math.ceil(inside.x2) - x, height: Math.ceil(inside.y2) - y }
  const patch = patchOf(gray, x, y, size)
  if (contrastOf(patch) < leastContrast) return null
  return { patch, first: { x, y }, last: { x, y }, speed: { x: 0, y: 0 } }
}

/** Where the patch is most alike, around the place where it would be if it moved on as before. */
function find({ patch, last, speed }: Held, gray: Gray): Match | null {
  const margin = { x: patch.width >> 1, y: patch.height >> 1 }
  const picture = bordered(gray, margin)
  const far = Math.ceil(Math.max(4, reach * Math.max(patch.width, patch.height)))
  const within = (at: number, most: number) => Math.max(0, Math.min(most, Math.round(at)))
  const [right, bottom] = [picture.width - patch.width, picture.height - patch.height]
  const [x, y] = [last.x + speed.x + margin.x, last.y + speed.y + margin.y]
  const found = bestMatch(picture, patch, {
    ...{ x1: within(x - far, right), x2: within(x + far, right) },
    ...{ y1: within(y - far, bottom), y2: within(y + far, bottom) },
  })
  return found && { ...found, x: found.x - margin.x, y: found.y - margin.y }
}

function moved(held: Held, found: Match, gray: Gray): Held {
  const speed = { x: found.x - held.last.x, y: found.y - held.last.y }
  return { ...held, last: { x: found.x, y: found.y }, speed, patch: learning(held.patch, found, gray) }
}

function learning(patch: Gray, { x, y, score }: Match, gray: Gray): Gray {
  if (score < sure || !isInside(patch, { x, y }, gray)) return patch
  const now = patchOf(gray, Math.round(x), Math.round(y), patch)
  const values = patch.values.map((value, i) => value * (1 - learnt) + (now.values[i] ?? 0) * learnt)
  return { ...patch, values }
}

/** Whether the patch, laid there, is wholly in the picture. */
function isInside(patch: Size, { x, y }: Point, { width, height }: Size): boolean {
  return x >= 0 && y >= 0 && x + patch.width <= width - 0.5 && y + patch.height <= height - 0.5
}

/** Whether its middle is at the edge of the picture, or beyond. */
function isHalfOut(patch: Size, { x, y }: Point, { width, height }: Size): boolean {
  const [across, down] = [x + patch.width / 2, y + patch.height / 2]
  return across <= 1 || down <= 1 || across >= width - 1 || down >= height - 1
}

/** Whether what was held would have reached over the edge next. */
function isAtEdge({ patch, last, speed }: Held, picture: Size): boolean {
  return !isInside(patch, { x: last.x + speed.x, y: last.y + speed.y }, picture)
}
