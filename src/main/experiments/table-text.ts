import { csvFile } from '@shared/csv'
import type { Cell, Measured, Table } from './result'

/** A table as CSV: a measured column brings the two ends of its interval and its count along. */
export function tableCsv({ columns, rows }: Table): string {
  const measured = new Set(columns.filter(({ key }) => rows.some(({ cells }) => isMeasured(cells[key]))))
  const head = columns.flatMap((column) =>
    measured.has(column)
      ? [column.key, `${column.key}_low`, `${column.key}_high`, `${column.key}_count`]
      : [column.key],
  )
  const lines = rows.map(({ source, cells }) => [
    source,
    ...columns.flatMap((column) => {
      const cell = cells[column.key] ?? null
      if (!measured.has(column)) return [isMeasured(cell) ? cell.value : cell]
      return isMeasured(cell) ? [cell.value, cell.low, cell.high, cell.count] : [cell, null, null, null]
    }),
  ])
  return csvFile([['source', ...head], ...lines])
}

/** A table as lines for a terminal, columns under each other. */
export function tableLines({ columns, rows }: Table): string[] {
  const lines = [columns.map(({ title }) => title), ...rows.map(({ cells }) => columns.map((c) => words(cells[c.key])))]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

export function isMeasured(cell: Cell | undefined): cell is Measured {
  return typeof cell === 'object' && cell !== null
}

function words(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '-'
  if (!isMeasured(cell)) return String(cell)
  const { value, low, high, count } = cell
  if (value === null) return '-'
  const interval = low === null || high === null ? '' : ` (${low.toFixed(2)}-${high.toFixed(2)})`
  return `${value.toFixed(2)}${interval}${count === null ? '' : ` n ${count}`}`
}
