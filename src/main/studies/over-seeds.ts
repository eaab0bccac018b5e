/** One metric over several seeds. */
export interface OverSeeds {
  mean: number
  low: number
  high: number
  /** Largest minus smallest. */
  spread: number
  seeds: number
}

/** Every metric of the runs over their seeds, to four places. A run that lacks one counts as NaN, which the mean shows. */
export function overSeeds<Key extends string>(
  runs: readonly Partial<Record<Key, number | null>>[],
): Record<Key, OverSeeds> {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run) as Key[]))]
  return Object.fromEntries(
    keys.map((key) => [key, statisticsOf(runs.map((run) => run[key] ?? NaN))] as const),
  ) as Record<Key, OverSeeds>
}

function statisticsOf(values: readonly number[]): OverSeeds {
  const round = (value: number) => Math.round(value * 1e4) / 1e4
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return { mean: round(mean), low: round(low), high: round(high), spread: round(high - low), seeds: values.length }
}

/** The means alone, to hold bounds against. */
export function meansOf<Key extends string>(metrics: Record<Key, OverSeeds>): Record<Key, number> {
  const means = Object.entries<OverSeeds>(metrics).map(([key, { mean }]) => [key, mean])
  return Object.fromEntries(means) as Record<Key, number>
}
