/**
 * Mean rate of a frame table and whether it varies: some distance differs from the mean by more than a fifth.
 * Pictures without a time are stepped over; with fewer than two times the declared rate stands, or 30.
 */
export function timing(
  timestampsMs: readonly (number | null)[],
  declaredFps: number | null,
): { fps: number; variable: boolean } {
  const timed = timestampsMs.flatMap((ms, i) => (ms === null ? [] : [{ i, ms }]))
  const [first] = timed
  const last = timed.at(-1)
  if (!first || !last || last.ms <= first.ms) return { fps: declaredFps ?? 30, variable: false }
  const mean = (last.ms - first.ms) / (last.i - first.i)
  const variable = timed.slice(1).some(({ i, ms }, k) => {
    const before = timed[k] ?? first
    return Math.abs((ms - before.ms) / (i - before.i) - mean) > 0.2 * mean
  })
  return { fps: Math.round(1e6 / mean) / 1e3, variable }
}
