import type { Picture } from '@main/media/decode/contract/decoder'

/** A grey picture, one number of 0 to 255 a pixel, rows from the top. */
export interface Gray {
  width: number
  height: number
  values: Float32Array
}

/** Where a patch was found: its upper left corner, to a fraction of a pixel, and how like it is, at most 1. */
export interface Match {
  x: number
  y: number
  score: number
}

export interface Range {
  x1: number
  y1: number
  x2: number
  y2: number
}

/** The brightness of an RGB picture (Rec. 601). */
export function grayOf({ width, height, pixels }: Picture): Gray {
  const values = new Float32Array(width * height)
  for (let i = 0; i < values.length; i++)
    values[i] = 0.299 * (pixels[3 * i] ?? 0) + 0.587 * (pixels[3 * i + 1] ?? 0) + 0.114 * (pixels[3 * i + 2] ?? 0)
  return { width, height, values }
}

/** A rectangle of whole pixels out of a picture that holds it. */
export function patchOf({ width: row, values }: Gray, x: number, y: number, size: Omit<Gray, 'values'>): Gray {
  const patch = new Float32Array(size.width * size.height)
  for (let line = 0; line < size.height; line++) {
    const from = (y + line) * row + x
    patch.set(values.subarray(from, from + size.width), line * size.width)
  }
  return { ...size, values: patch }
}

/** A picture with a border of its own edge about it, so that what leaves it is found as long as half of it is seen. */
export function bordered({ width, height, values }: Gray, { x, y }: { x: number; y: number }): Gray {
  const [wide, high] = [width + 2 * x, height + 2 * y]
  const around = new Float32Array(wide * high)
  for (let row = 0; row < high; row++) {
    const line = Math.min(height - 1, Math.max(0, row - y)) * width
    const [first, last] = [values[line] ?? 0, values[line + width - 1] ?? 0]
    around.fill(first, row * wide, row * wide + x)
    around.set(values.subarray(line, line + width), row * wide + x)
    around.fill(last, row * wide + x + width, (row + 1) * wide)
  }
  return { width: wide, height: high, values: around }
}

/** A patch as it is looked for: what lies in its middle counts most, as a box holds background at its edges. */
interface Pattern {
  width: number
  height: number
  /** How much each pixel counts; they add up to 1. */
  weights: Float32Array
  /** Weight times how far the pixel is from the mean. */
  wanted: Float32Array
  /** Grey levels that it varies by. */
  spread: number
}

/** Weight of a pixel at the edge of a patch, beside 1 in the middle. */
const edge = 0.1

/** Standard deviation of a patch, in grey levels: near 0 there is nothing in it to find again. */
export function contrastOf(patch: Gray): number {
  return patternOf(patch).spread
}

/**
 * The place in a picture that is most like a patch, by normalised cross-correlation (Lewis 1995), which neither
 * brightness nor contrast changes; pixels are weighed by their distance from the middle.
 * @param range corners of the patch's own corner, whole pixels, both ends inclusive; the patch lies in the picture there
 * @returns null where the range is empty
 */
export function bestMatch(picture: Gray, patch: Gray, range: Range): Match | null {
  const [columns, rows] = [range.x2 - range.x1 + 1, range.y2 - range.y1 + 1]
  if (columns < 1 || rows < 1) return null
  const scores = scoresOf(picture, patternOf(patch), range)
  let best = 0
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? -1) > (scores[best] ?? -1)) best = i
  const [column, row] = [best % columns, Math.floor(best / columns)]
  const at = (x: number, y: number) =>
    x < 0 || x >= columns || y < 0 || y >= rows ? null : (scores[y * columns + x] ?? null)
  const score = scores[best] ?? -1
  return {
    x: range.x1 + column + summit(at(column - 1, row), score, at(column + 1, row)),
    y: range.y1 + row + summit(at(column, row - 1), score, at(column, row + 1)),
    score,
  }
}

function patternOf({ width, height, values }: Gray): Pattern {
  const weights = weightsOf(width, height)
  const mean = sumOf(values, (value, i) => (weights[i] ?? 0) * value)
  const wanted = values.map((value, i) => (weights[i] ?? 0) * (value - mean))
  const spread = Math.sqrt(
    Math.max(
      0,
      sumOf(values, (value, i) => (wanted[i] ?? 0) * (value - mean)),
    ),
  )
  return { width, height, weights, wanted, spread }
}

/** A raised cosine along both sides (Hann), on a floor. */
function weightsOf(width: number, height: number): Float32Array {
  const along = (i: number, length: number) => edge + (1 - edge) * Math.sin((Math.PI * (i + 0.5)) / length) ** 2
  const weights = Float32Array.from({ length: width * height }, (_, i) => {
    return along(i % width, width) * along(Math.floor(i / width), height)
  })
  const all = sumOf(weights, (weight) => weight)
  return weights.map((weight) => weight / all)
}

/** The score of each place of the range, row by row. */
function scoresOf(picture: Gray, pattern: Pattern, { x1, y1, x2, y2 }: Range): Float32Array {
  const columns = x2 - x1 + 1
  const scores = new Float32Array(columns * (y2 - y1 + 1))
  for (let y = y1; y <= y2; y++)
    for (let x = x1; x <= x2; x++)
      scores[(y - y1) * columns + x - x1] = scoreAt(picture, pattern, y * picture.width + x)
  return scores
}

/** @param corner place of the pattern's corner in the values of the picture */
function scoreAt({ width: row, values }: Gray, pattern: Pattern, corner: number): number {
  const { width, height, weights, wanted, spread } = pattern
  let [mean, squares, product] = [0, 0, 0]
  for (let line = 0; line < height; line++) {
    const [seen, own] = [corner + line * row, line * width]
    for (let column = 0; column < width; column++) {
      const value = values[seen + column] ?? 0
      const weighed = (weights[own + column] ?? 0) * value
      mean += weighed
      squares += weighed * value
      // The mean of what is seen drops out, as what is wanted has none.
      product += value * (wanted[own + column] ?? 0)
    }
  }
  const varies = Math.sqrt(Math.max(0, squares - mean * mean)) * spread
  return varies > 1e-6 ? product / varies : 0
}

/** How far from the middle of three scores the top of the parabola through them lies, within half a pixel. */
function summit(before: number | null, here: number, after: number | null): number {
  if (before === null || after === null) return 0
  const bend = before - 2 * here + after
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0
}

function sumOf(values: Float32Array, of: (value: number, i: number) => number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += of(values[i] ?? 0, i)
  return sum
}
