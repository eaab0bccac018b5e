import type { ClipTube } from '@main/learning/clip-source'
import type { Random } from '@main/learning/random'

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

/** A square part of the picture, in pixels; fractions are allowed. */
export interface CropWindow {
  left: number
  top: number
  /** Share of each side that is kept. */
  share: number
}

/** A window that leaves out at most `largest` of each side. */
export function drawCrop({ height, width }: ClipShape, largest: number, stream: Random): CropWindow {
  const share = 1 - stream.between(0, largest)
  return { left: stream.between(0, width * (1 - share)), top: stream.between(0, height * (1 - share)), share }
}

/** Enlarges a window to the whole picture, bilinear, in place. `values` [T, H, W, 3]. */
export function cropClip(values: Float32Array, shape: ClipShape, window: CropWindow): void {
  const { frames, height, width } = shape
  const [columns, rows] = [places(width, window.left, window.share), places(height, window.top, window.share)]
  const picture = new Float32Array(height * width * 3)
  for (let frame = 0; frame < frames; frame++) {
    const target = values.subarray(frame * picture.length, (frame + 1) * picture.length)
    picture.set(target)
    let at = 0
    for (const y of rows) {
      const [upper, lower] = [y.low * width, y.high * width]
      for (const x of columns) {
        for (let c = 0; c < 3; c++, at++) {
          const left = mix(picture[(upper + x.low) * 3 + c], picture[(lower + x.low) * 3 + c], y.weight)
          const right = mix(picture[(upper + x.high) * 3 + c], picture[(lower + x.high) * 3 + c], y.weight)
          target[at] = mix(left, right, x.weight)
        }
      }
    }
  }
}

interface Place {
  low: number
  high: number
  /** Weight of `high`. */
  weight: number
}

/** Between which pixels the centres of the enlarged ones lie. */
function places(side: number, start: number, share: number): Place[] {
  return Array.from({ length: side }, (_, i) => {
    const at = Math.min(side - 1, Math.max(0, start + (i + 0.5) * share - 0.5))
    const low = Math.floor(at)
    return { low, high: Math.min(side - 1, low + 1), weight: at - low }
  })
}

function mix(a = 0, b = 0, weight: number): number {
  return a + (b - a) * weight
}

/** Boxes after `cropClip`, cut at the border; null where nothing of one is left. */
export function cropTubes(tubes: readonly ClipTube[], shape: ClipShape, window: CropWindow): ClipTube[] {
  const { left, top, share } = window
  const within = (value: number, side: number) => Math.min(side, Math.max(0, value / share))
  return tubes.map(({ attribute, boxes }) => ({
    attribute,
    boxes: boxes.map((box) => {
      if (!box) return null
      const [x1, x2] = [within(box.x1 - left, shape.width), within(box.x2 - left, shape.width)]
      const [y1, y2] = [within(box.y1 - top, shape.height), within(box.y2 - top, shape.height)]
      return x2 > x1 && y2 > y1 ? { x1, y1, x2, y2 } : null
    }),
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
