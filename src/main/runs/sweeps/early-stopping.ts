import type { MetricPoint, RunKind } from '@shared/contract/learning'

/** What runs of a sweep are compared by, over how far they are; the larger is the better. */
export interface Reached {
  /** Epochs of a classifier, steps of an explanation. */
  at: number
  value: number
}

/** What a point says of how good its run is: validation accuracy, or the bound; null where it does not say. */
export function reachedAt(kind: RunKind, { epoch, step, values }: MetricPoint): Reached | null {
  const value = kind === 'classifier' ? values.validationAccuracy : boundOf(values)
  if (value === undefined || !Number.isFinite(value)) return null
  return { at: kind === 'classifier' ? epoch : step, value }
}

/** Where the bounds were not measured, both stand as 0. */
function boundOf({ bound, exact }: Readonly<Record<string, number>>): number | undefined {
  return bound === 0 && exact === 0 ? undefined : bound
}

/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier", section 3.2.2): a run is hopeless when its best value
 * so far is strictly worse than the median of the running averages of the others up to the same place. Others count that
 * have come as far, finished or not.
 * @param least how many others must have come as far
 * @returns the median it is below; null for a run that goes on
 */
export function hopelessBelow(
  own: readonly Reached[],
  others: readonly (readonly Reached[])[],
  least: number,
): number | null {
  const at = own.at(-1)?.at
  if (at === undefined) return null
  const averages = others.flatMap((points) => {
    const until = points.filter((point) => point.at <= at)
    const hasComeAsFar = points.some((point) => point.at >= at)
    return hasComeAsFar && until.length > 0 ? [mean(until.map(({ value }) => value))] : []
  })
  if (averages.length < Math.max(1, least)) return null
  const middle = median(averages)
  return Math.max(...own.map(({ value }) => value)) < middle ? middle : null
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  return sorted.length % 2 ? upper : ((sorted[sorted.length / 2 - 1] ?? 0) + upper) / 2
}
