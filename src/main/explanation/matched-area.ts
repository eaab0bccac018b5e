import { type ClipSize, type PixelBox, type Region, regionPixels } from './region'

/** The boxes of a region, each in its own frame, moved to the middle of the picture. */
export function centredBoxes(region: Region, size: ClipSize): Region {
  return regionPixels(region, size).map((box) => box && placed(box, { x: size.width / 2, y: size.height / 2 }, size))
}

/**
 * A path with exactly the area of another region: its boxes one after the other, moved onto the path. Where the path is longer, on
 * the part of it that weighs most; where it is shorter, it waits at both ends.
 * @param weights of each frame, such as the scores along the path
 */
export function boxesAlong(
  path: Region,
  like: Region,
  { size, weights }: { size: ClipSize; weights: readonly number[] },
): Region {
  const boxes = regionPixels(like, size).filter((box) => box !== null)
  const [from, to] = [path.findIndex(Boolean), path.findLastIndex(Boolean)]
  if (from < 0 || boxes.length === 0) return path
  const start = startOf({ from, to, length: boxes.length, frames: size.frames, weights })
  return Array.from({ length: size.frames }, (_, t) => {
    const box = boxes[t - start]
    const on = path[Math.min(to, Math.max(from, t))]
    return box && on ? placed(box, { x: (on.x1 + on.x2) / 2, y: (on.y1 + on.y2) / 2 }, size) : null
  })
}

function startOf(about: {
  from: number
  to: number
  length: number
  frames: number
  weights: readonly number[]
}): number {
  const { from, to, length, frames, weights } = about
  const longer = to - from + 1 - length
  if (longer <= 0) return Math.max(0, Math.min(frames - length, from + Math.floor(longer / 2)))
  const weightAt = (start: number) => weights.slice(start, start + length).reduce((sum, weight) => sum + weight, 0)
  const starts = Array.from({ length: longer + 1 }, (_, i) => from + i)
  return starts.reduce((best, start) => (weightAt(start) > weightAt(best) ? start : best), from)
}

function placed({ x1, y1, x2, y2 }: PixelBox, centre: { x: number; y: number }, size: ClipSize): PixelBox {
  const [w, h] = [x2 - x1, y2 - y1]
  const x = Math.max(0, Math.min(size.width - w, Math.round(centre.x - w / 2)))
  const y = Math.max(0, Math.min(size.height - h, Math.round(centre.y - h / 2)))
  return { x1: x, y1: y, x2: x + w, y2: y + h }
}
