import type { Box, Size } from '@shared/geometry/box'

/** A place in source pixels of the picture, or in CSS pixels of the stage; the name of the variable says which. */
export interface Point {
  x: number
  y: number
}

/** From source pixels to CSS pixels of the stage: screen = source x scale + offset. */
export interface View {
  scale: number
  x: number
  y: number
}

/** CSS pixels that one source pixel may take at most, and the share of the fitted picture at least. */
export const zoomLimits = { most: 40, least: 0.25 } as const

/** The view in which the whole picture is in the middle of the stage, as large as it fits. */
export function fit(picture: Size, stage: Size, margin = 0): View {
  const room = { width: Math.max(1, stage.width - 2 * margin), height: Math.max(1, stage.height - 2 * margin) }
  const scale = Math.min(room.width / picture.width, room.height / picture.height)
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  }
}

/**
 * Zooms by `factor` so that what lies under the pointer stays there.
 * @param pointer in CSS pixels of the stage
 * @param fitted scale of the fitted picture; the lower limit is a share of it
 */
export function zoomAt(view: View, pointer: Point, factor: number, fitted: number): View {
  const scale = Math.min(zoomLimits.most, Math.max(fitted * zoomLimits.least, view.scale * factor))
  const by = scale / view.scale
  return { scale, x: pointer.x - (pointer.x - view.x) * by, y: pointer.y - (pointer.y - view.y) * by }
}

export function panBy(view: View, by: Point): View {
  return { scale: view.scale, x: view.x + by.x, y: view.y + by.y }
}

/** CSS pixels of the stage in source pixels. */
export function toPicture({ scale, x, y }: View, screen: Point): Point {
  return { x: (screen.x - x) / scale, y: (screen.y - y) / scale }
}

/** Source pixels in CSS pixels of the stage. */
export function toStage({ scale, x, y }: View, source: Point): Point {
  return { x: source.x * scale + x, y: source.y * scale + y }
}

/** A box of the picture where it lies on the stage. */
export function boxOnStage(view: View, { x1, y1, x2, y2 }: Box): Box {
  const [a, b] = [toStage(view, { x: x1, y: y1 }), toStage(view, { x: x2, y: y2 })]
  return { x1: a.x, y1: a.y, x2: b.x, y2: b.y }
}
