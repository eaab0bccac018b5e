import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { type SettingField, settingFields, valueWords } from '@shared/config/setting-words'
import type { Run } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import { axisText } from '@shared/config/sweep-text'
import { type Spread, bestOf, isOfSeeds, rankedBy, spreadOf } from '@shared/sweep-results'
import { counted, metric, shortNumber } from '@renderer/words/format'
import { stateLook } from '@renderer/words/job-words'

/** The settings that differ, in the sweep's order. */
export function variedFields({ kind, axes }: Pick<Sweep, 'kind' | 'axes'>): SettingField[] {
  const fields = settingFields(kind === 'classifier' ? ClassifierConfig : ExplainerConfig)
  return axes.flatMap(({ field }) => fields.find(({ key }) => key === field) ?? [])
}

/** "Learning rate 0.01, 0.1; Seed 0..4": what differs between the runs. */
export function axesWords(sweep: Pick<Sweep, 'kind' | 'axes'>): string {
  return variedFields(sweep)
    .flatMap((setting) => {
      const axis = sweep.axes.find(({ field }) => field === setting.key)
      return axis ? `${setting.title} ${axisText(axis, (value) => valueWords(setting, value))}` : []
    })
    .join('; ')
}

/** "8 done, 2 running, 2 queued" */
export function statesWords(runs: readonly Pick<Run, 'state'>[]): string {
  const states = ['running', 'queued', 'paused', 'done', 'failed', 'interrupted', 'cancelled'] as const
  return states
    .flatMap((state) => {
      const count = runs.filter((run) => run.state === state).length
      return count > 0 ? `${count} ${stateLook[state].word}` : []
    })
    .join(', ')
}

/** One state for all: what still goes on first, then what went wrong. */
export function stateOfAll(runs: readonly Pick<Run, 'state'>[]): Run['state'] {
  const order = ['running', 'queued', 'paused', 'failed', 'interrupted', 'done', 'cancelled'] as const
  return order.find((state) => runs.some((run) => run.state === state)) ?? 'done'
}

/** "0.912 ± 0.021": mean and sample standard deviation. */
export function spreadWords({ mean, deviation }: Spread, places = 3): string {
  return deviation === null ? metric(mean, places) : `${metric(mean, places)} ± ${metric(deviation, places)}`
}

/** The number a sweep is shown with: of seeds their mean and spread, of settings the best. */
export function resultWords(sweep: Pick<Sweep, 'axes'>, runs: readonly Run[], key = rankedBy(runs)): string {
  if (key === null) return '–'
  const spread = spreadOf(runs, key)
  if (isOfSeeds(sweep)) return spread ? spreadWords(spread) : '–'
  const best = bestOf(runs)?.headline[key]
  return best === undefined ? '–' : metric(best, 3)
}

/** What a setting is set to, as short as a cell of a table. */
export function cellWords(field: SettingField, value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return shortNumber(value)
  return value === undefined || value === null ? '–' : valueWords(field, value)
}

export function countWords(runs: readonly unknown[]): string {
  return counted(runs.length, 'run')
}
