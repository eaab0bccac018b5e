import type { MethodMetrics } from '@shared/contract/evaluation'
import { methodWords, metricOrder, metricWords } from '@shared/measure-words'

/** The table of an evaluation as lines: a row per metric, a column per method. */
export function tableOf(columns: readonly MethodMetrics[]): string[] {
  const head = ['', ...columns.map(({ method }) => methodWords[method]?.title ?? method)]
  const rows = orderedKeys(columns).map((key) => [
    metricWords(key).name,
    ...columns.map(({ metrics }) => number(metrics[key]?.value)),
  ])
  return aligned([head, ...rows])
}

/** Rows of cells as lines with columns of equal width: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(3).replace(/^-(0\.000)$/, '$1')
}

/** Every metric that some column has: known ones first, in their order. */
function orderedKeys(columns: readonly MethodMetrics[]): string[] {
  const found = new Set(columns.flatMap(({ metrics }) => Object.keys(metrics)))
  const ks = [...found].flatMap((key) => /Top(\d+)$/.exec(key)?.[1] ?? []).map(Number)
  const order = metricOrder([...new Set(ks)].sort((a, b) => a - b))
  return [...order.filter((key) => found.has(key)), ...[...found].filter((key) => !order.includes(key))]
}
