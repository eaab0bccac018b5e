import type { EvaluationConfig } from '@shared/config/evaluation'
import { agreeing } from '@main/explanation/tube-overlap'
import { estimate, type Estimate } from './bootstrap'
import type { MethodName, OutcomeRow } from './outcome-row'
import { hitAt } from './negative-class-accuracy'

/** The numbers of one method: a column of the table. */
export interface Column {
  method: MethodName
  metrics: Record<string, Estimate>
}

type MeasuredNumbers =
  | ('rank' | 'right' | 'hitRank' | 'negRank' | 'negTies' | 'posBefore' | 'posAfter' | 'iou' | 'assigned' | 'hasBoxes')
  | ('covers' | 'area' | 'supported' | 'agreement')

/** What metrics look at: a row as it is measured, or as it is stored. */
export interface MeasuredRow extends Pick<OutcomeRow, Exclude<MeasuredNumbers, 'covers'>> {
  method: string
  covers: unknown
  label: unknown
  pos: unknown
  curves?: OutcomeRow['curves']
}

/** A metric over rows: what a row is worth, or null where the row does not count. */
export interface RowMetric {
  key: string
  value(row: MeasuredRow): number | null
}

/** Every metric of the table, so that the number and the list behind it are one definition. */
export function rowMetrics({ top }: Pick<EvaluationConfig, 'top'>): RowMetric[] {
  const best = (f: (row: MeasuredRow) => number | null) => (row: MeasuredRow) => (row.rank === 0 ? f(row) : null)
  const bool = (value: boolean | null) => (value === null ? null : Number(value))
  return [
    { key: 'rightAttribute', value: best((row) => bool(row.right)) },
    ...top.map((k) => ({
      key: `conceptTop${k}`,
      value: best((row) =>
        row.pos === row.label && row.method !== 'classPrior' ? Number(row.hitRank !== null && row.hitRank <= k) : null,
      ),
    })),
    ...top.map((k) => ({ key: `ncaTop${k}`, value: best((row) => ncaHit(row, k)) })),
    {
      key: 'probabilityDecrease',
      value: best((row) => (row.posAfter === null ? null : Number(row.posAfter < row.posBefore))),
    },
    {
      key: 'relativeDrop',
      value: best((row) => (row.posAfter === null ? null : (row.posBefore - row.posAfter) / row.posBefore)),
    },
    { key: 'tubeIou', value: best((row) => (row.hasBoxes && row.method !== 'classPrior' ? row.iou : null)) },
    { key: 'falseEvidence', value: best((row) => (row.right === null ? bool(row.supported) : null)) },
    {
      key: 'missedEvidence',
      value: best((row) => (row.right === null || row.supported === null ? null : Number(!row.supported))),
    },
    { key: 'areaRatio', value: best((row) => row.area) },
    { key: 'agreement', value: best((row) => row.agreement) },
    { key: 'ncaTop1Agreeing', value: best((row) => ncaWhere(row, (overlap) => overlap >= agreeing)) },
    { key: 'ncaTop1Apart', value: best((row) => ncaWhere(row, (overlap) => overlap < agreeing)) },
    { key: 'deletionArea', value: best((row) => row.curves?.deletion ?? null) },
    { key: 'insertionArea', value: best((row) => row.curves?.insertion ?? null) },
    ...top.map((k, i) => ({ key: `unionNcaTop${k}`, value: best((row) => row.curves?.unionHits[i] ?? null) })),
    { key: 'notAnnotated', value: best((row) => (row.method === 'classPrior' ? null : Number(!row.assigned))) },
  ]
}

/** NCA top-1 of the outputs whose overlap with the second opinion is as asked. */
function ncaWhere(row: MeasuredRow, fits: (overlap: number) => boolean): number | null {
  return row.agreement !== null && fits(row.agreement) ? ncaHit(row, 1) : null
}

/**
 * Whether people's boxes are known of any of the clips: without them how far a tube lies on what it names is not measured, and no
 * share of it is 0.
 */
export function hasAnyBoxes(rows: readonly Pick<MeasuredRow, 'hasBoxes' | 'covers'>[]): boolean {
  return rows.some(({ hasBoxes, covers }) => hasBoxes || covers !== null)
}

/** NCA top-k of one output, ties counted; null where it was not masked. */
export function ncaHit({ negRank, negTies }: Pick<MeasuredRow, 'negRank' | 'negTies'>, k: number): number | null {
  return negRank === null ? null : hitAt({ negRank, negTies }, k)
}

/** The table: per method every metric that has rows. */
export function summarise(rows: readonly OutcomeRow[], config: EvaluationConfig): Column[] {
  const byMethod = Map.groupBy(rows, (row) => row.method)
  const boxed = hasAnyBoxes(rows)
  const metrics = rowMetrics(config).filter(({ key }) => boxed || !key.startsWith('concept'))
  return [...byMethod].map(([method, own]) => ({
    method,
    metrics: Object.fromEntries(
      metrics.flatMap(({ key, value }): [string, Estimate][] => {
        const found = estimateOf(own, value, config.seed)
        return found ? [[key, found]] : []
      }),
    ),
  }))
}

/** The mean of a metric over the rows that count; null where none does. */
export function estimateOf<Row extends { video: string }>(
  rows: readonly Row[],
  value: (row: Row) => number | null,
  seed: number,
): Estimate | null {
  const values = rows.flatMap((row) => {
    const worth = value(row)
    return worth === null ? [] : [{ video: row.video, value: worth }]
  })
  return values.length ? estimate(values, seed) : null
}
