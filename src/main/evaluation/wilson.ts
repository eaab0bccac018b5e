/** 97.5 % point of the normal distribution. */
const z = 1.959964

/**
 * Wilson's 95 % interval of a share, which says something where the share is 0 or 1 too.
 * @param of independent trials behind the share: clips where several questions are asked of one
 */
export function wilson(share: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const middle = share + z ** 2 / (2 * of)
  const reach = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  const scale = 1 + z ** 2 / of
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) }
}
