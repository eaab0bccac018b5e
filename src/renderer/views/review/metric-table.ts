import { EvaluationConfig } from '@shared/config/evaluation'
import type { Evaluation, Metric } from '@shared/contract/evaluation'
import { type PaperNumbers, paperNumbers } from '@shared/paper-numbers'
import { methodWords, metricOrder, metricWords } from '@shared/measure-words'
import { type SettingDifference, settingDifferences } from '@renderer/components/setting-differences'

/** A row of the table of numbers. */
export interface MetricRow {
  key: string
  title: string
  /** What it measures, for the hint. */
  about: string
  /** One per column of the evaluation, null where the method has no such number. */
  values: (Metric | null)[]
  /** The paper's own numbers, null where it gives none. */
  paper: { olympic: number; ucf101: number } | null
}

export interface MethodColumn {
  method: string
  title: string
  about: string
}

type Printed = NonNullable<MetricRow['paper']>

/** A number that both data sets of the paper have. */
function ofBoth(number: (one: PaperNumbers) => number): Printed | null {
  const [olympic, ucf101] = paperNumbers.map(number)
  return olympic === undefined || ucf101 === undefined ? null : { olympic, ucf101 }
}

/** What is printed beside a project's numbers: Kanehira et al. 2019, Table 4 (one layer, n = 3), Tables 2 and 3. */
const paper: Readonly<Record<string, Printed | null>> = {
  ncaTop3: ofBoth(({ fcLayers }) => fcLayers.proposed[0]),
  probabilityDecrease: ofBoth(({ decrease }) => decrease.proposed),
  conceptTop1: ofBoth(({ concept }) => concept.proposed[0]),
  conceptTop3: ofBoth(({ concept }) => concept.proposed[1]),
  conceptTop5: ofBoth(({ concept }) => concept.proposed[2]),
}

/** Settings that add columns or curves and change no number of the model. */
const columnSettings = ['baselines', 'baselineAttribute', 'curves', 'sanity', 'eachOutput', 'top']
const order = Object.keys(methodWords)
/** Not columns of the table: the classifier's own numbers, and what rests on more than one answer. */
const apart = ['classifier', 'checks']

/** Columns of the table in their fixed order, methods unknown last. */
export function methodColumns({ columns }: Pick<Evaluation, 'columns'>): MethodColumn[] {
  return columns
    .filter(({ method }) => !apart.includes(method))
    .map(({ method }) => ({ method, ...(methodWords[method] ?? { title: method, about: '' }) }))
    .sort((a, b) => place(a.method) - place(b.method))
}

function place(method: string): number {
  const at = order.indexOf(method)
  return at < 0 ? order.length : at
}

/** The rows of the table: every metric that any column has. */
export function metricRows(evaluation: Pick<Evaluation, 'columns' | 'config'>): MetricRow[] {
  const columns = methodColumns(evaluation)
  const found = new Map(evaluation.columns.map(({ method, metrics }) => [method, metrics]))
  const n = evaluation.config.pairs === 'top' ? `, n = ${evaluation.config.negatives}` : ''
  const rows = metricOrder(evaluation.config.top).map((key) => {
    const { title, about } = metricWords(key)
    return { key, title: key.startsWith('nca') ? title + n : title, about }
  })
  return rows
    .map((row) => ({
      ...row,
      values: columns.map(({ method }) => found.get(method)?.[row.key] ?? null),
      paper: paper[row.key] ?? null,
    }))
    .filter(({ values }) => values.some((value) => value !== null))
}

/** One metric of the model in two evaluations. */
export interface MetricDifference {
  key: string
  title: string
  about: string
  before: number
  after: number
  /** The number before lies in the interval of now: the difference may be chance. */
  within: boolean
  hint: string
}

/** The model's metrics that both evaluations have, in the order of the later one's table. */
export function metricDifferences(
  before: Pick<Evaluation, 'columns'>,
  after: Pick<Evaluation, 'columns' | 'config'>,
): MetricDifference[] {
  const own = ({ columns }: Pick<Evaluation, 'columns'>) =>
    columns.find(({ method }) => method === 'method')?.metrics ?? {}
  const [old, now] = [own(before), own(after)]
  return metricRows(after).flatMap(({ key, title, about }) => {
    const [was, is] = [old[key], now[key]]
    if (!was || !is || was.value === null || is.value === null) return []
    const within = is.low !== null && is.high !== null && was.value >= is.low && was.value <= is.high
    const hint = `over ${was.count} rows before, ${is.count} now`
    return [{ key, title, about, before: was.value, after: is.value, within, hint }]
  })
}

/** Settings that ask other questions of the model: its numbers are then not the same numbers. */
export function questionDifferences(
  before: Pick<Evaluation, 'config'>,
  after: Pick<Evaluation, 'config'>,
): SettingDifference[] {
  const all = settingDifferences(EvaluationConfig, before.config, after.config)
  return all.filter(({ key }) => !columnSettings.includes(key))
}
