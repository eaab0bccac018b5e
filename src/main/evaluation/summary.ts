import type { EvaluationConfig } from '@shared/config/evaluation'
import { estimate, type Estimate } from './bootstrap'
import type { MethodName, OutcomeRow } from './evaluate'

/** The numbers of one method: a column of the table. */
export interface Column {
  method: MethodName
  metrics: Record<string, Estimate>
}

/** A metric over rows: what a row is worth, or null where the row does not count. */
export interface RowMetric {
  key: string
  value(row: OutcomeRow): number | null
}

/** Every metric of the table, so that the number and the list behind it are one definition. */
export function rowMetrics({ top }: Pick<EvaluationConfig, 'top'>): RowMetric[] {
  const best = (f: (row: OutcomeRow) => number | null) => (row: OutcomeRow) => (row.rank === 0 ? f(row) : null)
  const bool = (value: boolean | null) => (value === null ? null : Number(value))
  return [
    { key: 'rightAttribute', value: best((row) => bool(row.right)) },
    ...top.map((k) => ({
      key: `conceptTop${k}`,
      value: best((row) =>
        row.pos === row.label && row.method !== 'classPrior' ? Number(row.hitRank !== null && row.hitRank <= k) : null,
      ),
    })),
    ...top.map((k, i) => ({ key: `ncaTop${k}`, value: best((row) => row.hits[i] ?? null) })),
    {
      key: 'probabilityDecrease',
      value: best((row) => (row.posAfter === null ? null : Number(row.posAfter < row.posBefore))),
    },
    {
      key: 'relativeDrop',
      value: best((row) => (row.posAfter === null ? null : (row.posBefore - row.posAfter) / row.posBefore)),
    },
    { key: 'tubeIou', value: best((row) => (row.hasBoxes && row.method !== 'classPrior' ? row.iou : null)) },
    { key: 'deletionArea', value: best((row) => row.curves?.deletion ?? null) },
    { key: 'insertionArea', value: best((row) => row.curves?.insertion ?? null) },
    ...top.map((k, i) => ({ key: `unionNcaTop${k}`, value: best((row) => row.curves?.unionHits[i] ?? null) })),
    { key: 'notAnnotated', value: best((row) => (row.method === 'classPrior' ? null : Number(!row.assigned))) },
  ]
}

/** The table: per method every metric that has rows. */
export function summarise(rows: readonly OutcomeRow[], config: EvaluationConfig): Column[] {
  const byMethod = Map.groupBy(rows, (row) => row.method)
  const metrics = rowMetrics(config)
  return [...byMethod].map(([method, own]) => ({
    method,
    metrics: Object.fromEntries(
      metrics.flatMap(({ key, value }): [string, Estimate][] => {
        const values = own.flatMap((row) => {
          const worth = value(row)
          return worth === null ? [] : [{ video: row.video, value: worth }]
        })
        return values.length ? [[key, estimate(values, config.seed)]] : []
      }),
    ),
  }))
}
