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

/** Cubic pixels covered. */
export function regionVolume(region: Region): number {
  return region.reduce((sum, box) => sum + (box ? Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1) : 0), 0)
}
