import type { Picture } from '@main/media/decode/contract/decoder'

/**
 * The index that a fixture picture carries: 12 columns in the top quarter of the coded picture, white for a set bit.
 * @param turn clockwise turn of the picture as given: the strip stands where the top went
 */
export function readBarcode({ width, height, pixels }: Picture, turn: number): number {
  const bright = (u: number, v: number) => {
    // (u, v) in the coded picture, 0 to 1, to the place where display put it.
    const [x = u, y = v] = { 0: [u, v], 90: [1 - v, u], 180: [1 - u, 1 - v], 270: [v, 1 - u] }[turn] ?? [u, v]
    const at = (Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))) * 3
    return (pixels[at]! + pixels[at + 1]! + pixels[at + 2]!) / 3 > 128
  }
  return Array.from({ length: 12 }, (_, k) => (bright((k + 0.5) / 12, 0.12) ? 1 << k : 0)).reduce((a, b) => a + b, 0)
}

/** The ordinal mod 100 in the flat grey of a generated clip; a white bar covers a part of it, so the median counts. */
export function readGrey({ width, height, pixels }: Picture): number {
  const places = Array.from({ length: 81 }, (_, i) => [Math.floor(i / 9), i % 9].map((k) => (k + 0.5) / 9))
  const samples = places.map(([u = 0, v = 0]) => pixels[(Math.floor(v * height) * width + Math.floor(u * width)) * 3]!)
  const grey = samples.sort((a, b) => a - b)[40]!
  return Math.round((grey * 219) / 255 / 2) % 100
}
