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

/** Standard deviation of a patch, in grey levels: near 0 there is nothing in it to find again. */
export function contrastOf({ values }: Gray): number {
  return Math.sqrt(sumOf(centred(values), (value) => value * value) / values.length)
}

/**
 * The place in a picture that is most like a patch, by normalised cross-correlation (Lewis 1995), which neither
 * brightness nor contrast changes.
 * @param range corners of the patch's own corner, whole pixels, both ends inclusive; the patch lies in the picture there
 * @returns null where the range is empty
 */
export function bestMatch(picture: Gray, patch: Gray, range: Range): Match | null {
  const [columns, rows] = [range.x2 - range.x1 + 1, range.y2 - range.y1 + 1]
  if (columns < 1 || rows < 1) return null
  const scores = scoresOf(picture, patch, range)
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

/** The score of each place of the range, row by row. */
function scoresOf(picture: Gray, patch: Gray, { x1, y1, x2, y2 }: Range): Float32Array {
  const wanted = centred(patch.values)
  const length = Math.sqrt(sumOf(wanted, (value) => value * value))
  const columns = x2 - x1 + 1
  const scores = new Float32Array(columns * (y2 - y1 + 1))
  for (let y = y1; y <= y2; y++)
    for (let x = x1; x <= x2; x++)
      scores[(y - y1) * columns + x - x1] = scoreAt(picture, patch, { x, y, wanted, length })
  return scores
}

interface Place {
  x: number
  y: number
  /** The patch less its mean, and the length of that as a vector. */
  wanted: Float32Array
  length: number
}

function scoreAt({ width: row, values }: Gray, { width, height }: Gray, { x, y, wanted, length }: Place): number {
  let [sum, squares, product] = [0, 0, 0]
  for (let line = 0; line < height; line++) {
    const from = (y + line) * row + x
    for (let column = 0; column < width; column++) {
      const value = values[from + column] ?? 0
      sum += value
      squares += value * value
      // The mean of what is seen drops out, as the patch has none.
      product += value * (wanted[line * width + column] ?? 0)
    }
  }
  const seen = Math.sqrt(Math.max(0, squares - (sum * sum) / (width * height)))
  return seen * length > 1e-6 ? product / (seen * length) : 0
}

/** How far from the middle of three scores the top of the parabola through them lies, within half a pixel. */
function summit(before: number | null, here: number, after: number | null): number {
  if (before === null || after === null) return 0
  const bend = before - 2 * here + after
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0
}

function centred(values: Float32Array): Float32Array {
  const mean = sumOf(values, (value) => value) / values.length
  return values.map((value) => value - mean)
}

function sumOf(values: Float32Array, of: (value: number) => number): number {
  let sum = 0
  for (const value of values) sum += of(value)
  return sum
}
