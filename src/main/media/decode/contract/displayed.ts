import type { Size } from '@shared/geometry/box'
import type { ClipGeometry } from './decoder'

/** How a coded picture is turned for display: flipped left to right first, then clockwise. */
export interface Turn {
  rotateClockwise: 0 | 90 | 180 | 270
  mirrored: boolean
}

const quarters = [0, 90, 180, 270] as const

/**
 * The turn of a display matrix: nine little-endian i32, [a b u, c d v, x y w], a point (x, y) goes to (ax + cy, bx + dy),
 * y downwards (ISO/IEC 14496-12, 8.3.2; AV_PKT_DATA_DISPLAYMATRIX). Other angles are rounded to a quarter.
 */
export function turnOf(matrix: Uint8Array | null): Turn {
  if (!matrix || matrix.length < 36) return { rotateClockwise: 0, mirrored: false }
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength)
  return turnOfMatrix([0, 4, 12, 16].map((at) => view.getInt32(at, true)))
}

/** The same from a, b, c, d in any unit. */
export function turnOfMatrix([a = 1, b = 0, c = 0, d = 1]: readonly number[]): Turn {
  const mirrored = a * d - b * c < 0
  const sign = mirrored ? -1 : 1
  return { rotateClockwise: quarterTurn((Math.atan2(b * sign, a * sign) * 180) / Math.PI), mirrored }
}

/** The nearest of 0, 90, 180, 270 to an angle in degrees. */
export function quarterTurn(degrees: number): Turn['rotateClockwise'] {
  return quarters[(((Math.round(degrees / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3]
}

/** Size of the displayed picture: coded pixels made square in width, then turned. At least 1 x 1. */
export function displayedSize(
  coded: { codedWidth: number; codedHeight: number; sar: number },
  { rotateClockwise }: Turn,
): Size {
  const width = Math.max(1, Math.round(coded.codedWidth * coded.sar))
  const height = Math.max(1, coded.codedHeight)
  return rotateClockwise % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** Size of the proxy of a displayed picture: sides even, the longer at most `maxSide`, never smaller than 2. */
export function proxySize({ width, height }: Size, maxSide: number): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2)
  // A side is rounded up, not down, at full size: an odd picture gains a column and loses nothing.
  const whole = (side: number) => Math.max(2, side + (side % 2))
  return scale === 1 ? { width: whole(width), height: whole(height) } : { width: even(width), height: even(height) }
}

/** FFmpeg filters that turn a coded picture upright, comma at the end; empty when it stands already. */
export function turnFilters({ rotateClockwise, mirrored }: Turn): string {
  const turn = { 0: '', 90: 'transpose=clock,', 180: 'hflip,vflip,', 270: 'transpose=cclock,' }[rotateClockwise]
  return (mirrored ? 'hflip,' : '') + turn
}

/**
 * From a coded picture to the yuv420p of a proxy. The matrix of the source stays, its range becomes limited: what a
 * player assumes of H.264 that says nothing else.
 */
export function proxyFilters(turn: Turn, { width, height }: Size): string {
  return `${turnFilters(turn)}scale=${width}:${height}:flags=bicubic:out_range=tv,setsar=1,format=yuv420p`
}

/** From a coded picture to the upright RGB picture of the given size. */
export function rgbFilters(turn: Turn, { width, height }: Size): string {
  return `${turnFilters(turn)}scale=${width}:${height}:flags=bicubic,setsar=1,format=rgb24`
}

/** FFmpeg filters for a clip's pictures: the cut is made in RGB, where any offset is exact. */
export function clipFilters({ scaledWidth, scaledHeight, x, y, width, height }: ClipGeometry): string {
  const scale = `scale=${scaledWidth}:${scaledHeight}:flags=bicubic,format=rgb24`
  return width === scaledWidth && height === scaledHeight ? scale : `${scale},crop=${width}:${height}:${x}:${y}`
}

/**
 * The rate factor for a picture of this size. Small pictures get 12 at most: at 64 px a block is a whole object, and what
 * crf 23 leaves out is what training would have to learn from.
 */
export function crfFor({ width, height }: Size, crf: number): number {
  return Math.max(width, height) <= 128 ? Math.min(crf, 12) : crf
}

/** A whole rate for a proxy, 1 to 120: near the source's own, so that playing it looks right. */
export function proxyFps(declared: number | null): number {
  return declared && Number.isFinite(declared) ? Math.min(120, Math.max(1, Math.round(declared))) : 30
}
