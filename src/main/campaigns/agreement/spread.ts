/** The value below which this share of a list lies, by linear interpolation; null of nothing. */
export function quantileOf(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - Math.floor(place))
}

/** Null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null
}

/** A list in order, in at most `most` parts of about the same length. */
export function inParts<T>(list: readonly T[], most: number): T[][] {
  const parts = Math.min(most, list.length)
  return Array.from({ length: parts }, (_, i) => {
    return list.slice(Math.floor((i * list.length) / parts), Math.floor(((i + 1) * list.length) / parts))
  })
}
