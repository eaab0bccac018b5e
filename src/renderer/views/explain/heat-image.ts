import type { HeatMap } from '@shared/contract/explanation'
import type { Frame } from '@shared/ids'

/** Red, green and blue of "#RRGGBB". */
function channels(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The largest value of a map that speaks for A; 0 when none does. */
export function peakOf({ values }: HeatMap): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}

/**
 * The map of one sampled frame as pixels [rows, cols, RGBA]: one hue, the more opaque the more it speaks for A; what
 * speaks for B is veiled in black. The scale is that of the whole map, so frames can be compared.
 * @returns null for a frame that was not sampled
 */
export function heatPixels(map: HeatMap, frame: Frame, color: string): Uint8ClampedArray<ArrayBuffer> | null {
  const at = map.frames.indexOf(frame)
  if (at < 0) return null
  const [peak, size] = [peakOf(map), map.rows * map.cols]
  const [red, green, blue] = channels(color)
  const pixels = new Uint8ClampedArray(size * 4)
  for (let i = 0; i < size; i++) {
    const value = map.values[at * size + i] ?? 0
    const share = peak > 0 ? Math.max(0, value) / peak : 0
    const isFor = value > 0
    pixels.set([isFor ? red : 0, isFor ? green : 0, isFor ? blue : 0, isFor ? 40 + 175 * share : 60], i * 4)
  }
  return pixels
}

/** The same on a canvas of one pixel a cell, to be stretched over the map's area without smoothing. */
export function heatCanvas(map: HeatMap, frame: Frame, color: string): HTMLCanvasElement | null {
  const pixels = heatPixels(map, frame, color)
  if (!pixels) return null
  const canvas = document.createElement('canvas')
  canvas.width = map.cols
  canvas.height = map.rows
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, map.cols, map.rows), 0, 0)
  return canvas
}
