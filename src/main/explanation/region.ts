import { mapFrameAt } from '@shared/tap-geometry'
import type { Box } from '@shared/geometry/box'
import { shapes } from '@main/learning/search/shapes'
import type { Cell } from '@main/learning/search/score-map'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'

/** What a tube covers of a clip: a box per sampled frame in clip pixels, or null. */
export type Region = readonly (Box | null)[]

export interface ClipSize {
  frames: number
  height: number
  width: number
}

/**
 * Cells as boxes in clip pixels: centre ((j + .5) * stride + offset), shape.cols x shape.rows strides, cut at the border.
 * A frame of the map stands for all frames of the clip that lie in it.
 */
export function regionOf(model: ExplainerModel, cells: readonly Cell[], { frames, height, width }: ClipSize): Region {
  const byFrame = new Map(cells.map((cell) => [cell.frame, cell]))
  const [first] = cells
  const time = first && model.time(first.tap)
  return Array.from({ length: frames }, (_, frame) => {
    const cell = time && byFrame.get(mapFrameAt(time, frame))
    return cell ? boxOf(model, cell, { height, width }) : null
  })
}

function boxOf(
  model: ExplainerModel,
  { row, col, tap, shape }: Cell,
  { height, width }: Omit<ClipSize, 'frames'>,
): Box {
  const { strideX, strideY, offsetX, offsetY } = model.geometry(tap)
  const { rows, cols } = shapes[shape] ?? shapes[0]
  const [x, y] = [(col + 0.5) * strideX + offsetX, (row + 0.5) * strideY + offsetY]
  const [halfWidth, halfHeight] = [(cols * strideX) / 2, (rows * strideY) / 2]
  return {
    x1: Math.max(0, x - halfWidth),
    y1: Math.max(0, y - halfHeight),
    x2: Math.min(width, x + halfWidth),
    y2: Math.min(height, y + halfHeight),
  }
}

/** Whole pixels: first inside to first outside. */
export type PixelBox = Box

/**
 * The pixels that a box covers: those whose centres lie inside, cut at the border. A place that was computed by two ways, such as
 * there and back between source and clip, differs in its last digits, which must not decide about a row of pixels.
 */
export function pixelBox(box: Box, { height, width }: Omit<ClipSize, 'frames'>): PixelBox {
  const edge = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(Math.round(value * 1e6) / 1e6)))
  const [x1, y1] = [edge(box.x1, width), edge(box.y1, height)]
  return { x1, y1, x2: Math.max(x1, edge(box.x2, width)), y2: Math.max(y1, edge(box.y2, height)) }
}

/** The pixels that a region covers in each frame; null where there are none. */
export function regionPixels(region: Region, size: ClipSize): (PixelBox | null)[] {
  return region.map((box) => {
    const pixels = box && pixelBox(box, size)
    return pixels && pixels.x2 > pixels.x1 && pixels.y2 > pixels.y1 ? pixels : null
  })
}

/** How many pixels of a clip are masked. */
export function maskedPixels(region: Region, size: ClipSize): number {
  return regionVolume(regionPixels(region, size))
}

/**
 * The region as it can be shown: where a short video is repeated to fill a clip, one picture of it is in several sampled frames, and
 * it is covered in all of them as in the first that is.
 * @param frames source ordinal of each sampled frame
 */
export function settled(region: Region, frames: readonly number[]): Region {
  const shown = new Map<number, Box>()
  region.forEach((box, t) => {
    const frame = frames[t]
    if (box && frame !== undefined && !shown.has(frame)) shown.set(frame, box)
  })
  return region.map((box, t) => {
    const frame = frames[t]
    return frame === undefined ? box : (shown.get(frame) ?? null)
  })
}

/** Cubic pixels covered. */
export function regionVolume(region: Region): number {
  return region.reduce((sum, box) => sum + (box ? Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1) : 0), 0)
}
