/** What an answer says of one attribute, as far as the order of answers needs it. */
export interface Standing {
  attribute: number
  /** delta_m of the minimal tube. */
  minScore: number
  /** z_s: log odds that the clip shows it; null without a head. */
  presence: number | null
}

/**
 * Attributes that are nearly tied for the first place, best first by the minimal tube. Near: min_s >= m - share * (m - mean of min),
 * m being the best. Attributes that never differ between classes have nearly the same kernels, so their minimal scores cannot tell
 * them apart.
 */
export function nearTied<T extends Standing>(all: readonly T[], share: number): T[] {
  const ordered = all.toSorted((a, b) => b.minScore - a.minScore || a.attribute - b.attribute)
  const [best] = ordered
  if (!best) return []
  const mean = ordered.reduce((sum, { minScore }) => sum + minScore, 0) / ordered.length
  const bound = best.minScore - share * (best.minScore - mean)
  const count = ordered.findIndex(({ minScore }) => minScore < bound)
  return count < 0 ? ordered : ordered.slice(0, count)
}

/**
 * Orders attributes that are nearly tied for the first place by whether the clip shows them, and leaves the rest as it is.
 * @param ordered best first, by the minimal tube
 */
export function withNearTies<T extends Standing>(ordered: readonly T[], share: number): T[] {
  const near = nearTied(ordered, share).length
  const z = ({ presence }: T) => presence ?? -Infinity
  // Sorting is stable: what is equally there keeps its order.
  const tied = ordered.slice(0, near).sort((a, b) => (z(b) > z(a) ? 1 : z(b) < z(a) ? -1 : 0))
  return [...tied, ...ordered.slice(near)]
}
