import type { MetricPoint } from '@shared/contract/learning'

export type Point = [x: number, y: number]

/** One value of a run over `x`; points that do not carry it are passed over. */
export function curve(points: readonly MetricPoint[], name: string, x: 'step' | 'epoch'): Point[] {
  return points.flatMap((point) => {
    const value = point.values[name]
    return value === undefined || !Number.isFinite(value) ? [] : [[point[x], value]]
  })
}

/**
 * A running average in which each value counts `weight` times as much as the one after it, from the first value on without
 * a bias towards 0. @param weight from 0, which changes nothing, to below 1
 */
export function smoothed(points: readonly Point[], weight: number): Point[] {
  if (weight <= 0) return [...points]
  let [sum, mass] = [0, 0]
  return points.map(([x, y]): Point => {
    sum = weight * sum + (1 - weight) * y
    mass = weight * mass + (1 - weight)
    return [x, sum / mass]
  })
}

/** The bounds are measured at some steps only; where they were not, both stand as 0. */
export function measuredBounds(points: readonly MetricPoint[]): MetricPoint[] {
  return points.filter(({ values }) => values.exact !== 0 || values.bound !== 0)
}

/** The newest value of `name`; null before the first. */
export function newest(points: readonly MetricPoint[], name: string): number | null {
  return points.findLast(({ values }) => values[name] !== undefined)?.values[name] ?? null
}

export function first(points: readonly MetricPoint[], name: string): number | null {
  return points.find(({ values }) => values[name] !== undefined)?.values[name] ?? null
}

/** Adds points that came, by step; one that is there already (after a gap in the connection) is replaced. */
export function withPoints(points: readonly MetricPoint[], more: readonly MetricPoint[]): MetricPoint[] {
  const last = points.at(-1)
  const [only] = more
  if (more.length === 1 && only && (!last || only.step > last.step)) return [...points, only]
  const byStep = new Map(points.map((point) => [point.step, point]))
  for (const point of more)
    byStep.set(point.step, { ...point, values: { ...byStep.get(point.step)?.values, ...point.values } })
  return [...byStep.values()].sort((a, b) => a.step - b.step)
}

/** -(|C| - 1) ln 2: minus the explanation's loss with every score 0, which it comes to and stays near while all is well. */
export function referenceBound(classes: number): number {
  return -(classes - 1) * Math.LN2
}
