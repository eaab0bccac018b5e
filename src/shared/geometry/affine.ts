import type { Box } from './box'

/**
 * From pixels of a clip to source pixels of the displayed picture: source = clip x scale + offset, each axis its own.
 * Continuous coordinates; the centre of the first pixel is at 0.5.
 */
export interface Affine {
  scaleX: number
  scaleY: number
  offsetX: number
  offsetY: number
}

/** A box of a clip in source pixels. */
export function toSource({ x1, y1, x2, y2 }: Box, { scaleX, scaleY, offsetX, offsetY }: Affine): Box {
  return { x1: x1 * scaleX + offsetX, y1: y1 * scaleY + offsetY, x2: x2 * scaleX + offsetX, y2: y2 * scaleY + offsetY }
}

/** A box in source pixels in pixels of a clip; may reach outside it. */
export function toClip({ x1, y1, x2, y2 }: Box, { scaleX, scaleY, offsetX, offsetY }: Affine): Box {
  return {
    x1: (x1 - offsetX) / scaleX,
    y1: (y1 - offsetY) / scaleY,
    x2: (x2 - offsetX) / scaleX,
    y2: (y2 - offsetY) / scaleY,
  }
}
