import type { Run, RunKind } from './contract/learning'
import type { Sweep } from './contract/sweeps'

type Measured = Pick<Run, 'kind' | 'headline' | 'state'>

/** Numbers that runs of a kind end with, by which they are chosen; the one to choose by first: test videos choose nothing. */
export const sweepMeasures: Readonly<Record<RunKind, readonly string[]>> = {
  classifier: ['validationAccuracy', 'testAccuracy'],
  explainer: ['bound'],
}

/** What the runs of a sweep are ranked by: the first measure that a finished one has; null before. */
export function rankedBy(runs: readonly Measured[]): string | null {
  const finished = runs.filter(({ state }) => state === 'done')
  const [first] = finished
  if (!first) return null
  return sweepMeasures[first.kind].find((key) => finished.some(({ headline }) => headline[key] !== undefined)) ?? null
}

/** The best finished run; of equals the first. */
export function bestOf<R extends Measured>(runs: readonly R[]): R | null {
  const key = rankedBy(runs)
  if (key === null) return null
  const value = ({ headline }: R) => headline[key] ?? -Infinity
  return runs
    .filter(({ state }) => state === 'done')
    .reduce<R | null>((best, run) => (best && value(best) >= value(run) ? best : run), null)
}

export interface Spread {
  count: number
  mean: number
  /** Sample standard deviation (n - 1); null of one value. */
  deviation: number | null
}

/** Mean and spread of a number over the finished runs that have it; null where none has. */
export function spreadOf(runs: readonly Measured[], key: string): Spread | null {
  const values = runs.flatMap(({ state, headline }) => (state === 'done' ? (headline[key] ?? []) : []))
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null
  return { count: values.length, mean, deviation }
}

/** Its runs are one configuration with several seeds: their mean says more than the best of them. */
export function isOfSeeds({ axes }: Pick<Sweep, 'axes'>): boolean {
  return axes.every(({ field }) => field === 'seed')
}

/** What a member sets the fields of its sweep to. */
export function valuesOf({ config }: Pick<Run, 'config'>, { axes }: Pick<Sweep, 'axes'>): Record<string, unknown> {
  const settings = config as Readonly<Record<string, unknown>>
  return Object.fromEntries(axes.map(({ field }) => [field, settings[field]]))
}
