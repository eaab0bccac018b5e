import type { ClipTube } from '../clip-source'
import type { Random } from '../random'

export interface ClipShape {
  frames: number
  height: number
  width: number
}

type Rectangle = NonNullable<ClipTube['boxes'][number]>
/** A rectangle per frame, or null where nothing is covered. */
export type Region = readonly (Rectangle | null)[]

/** Mirrors one clip left to right, in place. `values` [T, H, W, 3]. */
export function flipClip(values: Float32Array, { frames, height, width }: ClipShape): void {
  const row = width * 3
  for (let line = 0; line < frames * height; line++) {
    const start = line * row
    for (let left = 0, right = width - 1; left < right; left++, right--) {
      for (let c = 0; c < 3; c++) {
        const [a, b] = [start + left * 3 + c, start + right * 3 + c]
        const kept = values[a] as number
        values[a] = values[b] as number
        values[b] = kept
      }
    }
  }
}

export function flipTubes(tubes: readonly ClipTube[], width: number): ClipTube[] {
  return tubes.map(({ attribute, boxes }) => ({
    attribute,
    boxes: boxes.map((box) => box && { ...box, x1: width - box.x2, x2: width - box.x1 }),
  }))
}

/** Sets a region to the mean colour, which is 0 to the network, as masking does. Pixels whose centre is inside count. */
export function eraseRegion(values: Float32Array, region: Region, { height, width }: ClipShape): void {
  region.forEach((box, t) => {
    if (!box) return
    const [x1, x2] = [Math.max(0, Math.round(box.x1)), Math.min(width, Math.round(box.x2))]
    const [y1, y2] = [Math.max(0, Math.round(box.y1)), Math.min(height, Math.round(box.y2))]
    for (let y = y1; y < y2; y++) {
      const line = (t * height + y) * width
      values.fill(0, (line + x1) * 3, (line + Math.max(x1, x2)) * 3)
    }
  })
}

/** Share of a tube's area that a region covers, over all frames; 0 for a tube that is nowhere. */
export function coverage(tube: ClipTube, region: Region): number {
  let covered = 0
  let whole = 0
  tube.boxes.forEach((box, t) => {
    if (!box) return
    whole += areaOf(box)
    const over = region[t]
    if (!over) return
    covered +=
      Math.max(0, Math.min(box.x2, over.x2) - Math.max(box.x1, over.x1)) *
      Math.max(0, Math.min(box.y2, over.y2) - Math.max(box.y1, over.y1))
  })
  return whole > 0 ? covered / whole : 0
}

function areaOf({ x1, y1, x2, y2 }: Rectangle): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1)
}

/**
 * A region to erase: half of the time along a true tube, else a random one of like size that moves a little each frame.
 * Regions that leave an attribute half covered would make a clip of neither class; another is drawn, then none.
 * @returns the region and the attributes it covers, or null
 */
export function drawErasure(
  tubes: readonly ClipTube[],
  shape: ClipShape,
  stream: Random,
): { region: Region; erased: number[] } | null {
  for (let attempt = 0; attempt < 8; attempt++) {
    const along = tubes.length > 0 && stream.chance(0.5)
    const region = along ? loosened(stream.pick(tubes), stream) : wandering(shape, stream)
    const shares = tubes.map((tube) => ({ attribute: tube.attribute, share: coverage(tube, region) }))
    if (shares.some(({ share }) => share > 0.45 && share < 0.75)) continue
    return { region, erased: shares.filter(({ share }) => share >= 0.75).map(({ attribute }) => attribute) }
  }
  return null
}

/** A true tube, each side moved outwards by up to two pixels. */
function loosened({ boxes }: ClipTube, stream: Random): Region {
  const [left, top, right, bottom] = [0, 0, 0, 0].map(() => stream.between(0, 2)) as [number, number, number, number]
  return boxes.map((box) => box && { x1: box.x1 - left, y1: box.y1 - top, x2: box.x2 + right, y2: box.y2 + bottom })
}

/** A box of an eighth to three eighths of each side that wanders by up to an eighth per frame, over a random span. */
function wandering({ frames, height, width }: ClipShape, stream: Random): Region {
  const [w, h] = [width * stream.between(0.2, 0.42), height * stream.between(0.2, 0.42)]
  let x = stream.between(0, width - w)
  let y = stream.between(0, height - h)
  const length = 1 + stream.int(frames)
  const start = stream.int(frames - length + 1)
  return Array.from({ length: frames }, (_, t) => {
    x = Math.min(width - w, Math.max(0, x + stream.between(-1, 1) * (width / 8)))
    y = Math.min(height - h, Math.max(0, y + stream.between(-1, 1) * (height / 8)))
    return t >= start && t < start + length ? { x1: x, y1: y, x2: x + w, y2: y + h } : null
  })
}
