import type { Outcome } from '@shared/contract/evaluation'
import type { AttributeId } from '@shared/ids'

/** Concept accuracy looks at the best output of clips that were classified rightly. */
export function conceptRows(rows: readonly Outcome[]): Outcome[] {
  return rows.filter((row) => row.rank === 0 && row.label !== null && row.label === row.pos)
}

/** Whether the attribute said is the one its tube overlaps most, by `threshold` at least; an overlap of 0 never is. */
export function isHit({ hitRank, iou }: Outcome, threshold: number): boolean {
  return hitRank === 1 && iou > 0 && iou >= threshold
}

/** Column of the confusion matrix: what the tube covers most; its own box too little; no box at all. */
export type Column = AttributeId | 'lowIou' | 'noBox'

/** Where a failure stands in its row. */
export function columnOf(row: Outcome): Column {
  if (row.covers === null) return 'noBox'
  return row.covers === row.attribute ? 'lowIou' : row.covers
}

/** A row of the matrix: one attribute said. */
export interface ConfusionRow {
  attribute: AttributeId
  hits: number
  failed: number
  cells: ReadonlyMap<Column, number>
}

export interface Confusion {
  rows: ConfusionRow[]
  /** Attributes that need a column, in the order of the vocabulary. */
  columns: AttributeId[]
  /** The largest cell of failures, for the heat. */
  most: number
}

/** Attribute said by attribute covered, from concept rows at an IoU threshold. */
export function confusion(rows: readonly Outcome[], order: readonly AttributeId[], threshold: number): Confusion {
  const said = Map.groupBy(rows, (row) => row.attribute)
  const covered = new Set(rows.map((row) => row.covers))
  const named = order.filter((attribute) => said.has(attribute) || covered.has(attribute))
  const table = named.map((attribute) => confusionRow(attribute, said.get(attribute) ?? [], threshold))
  const most = Math.max(0, ...table.flatMap((row) => [...row.cells.values()]))
  return { rows: table.filter((row) => row.hits + row.failed > 0), columns: named, most }
}

function confusionRow(attribute: AttributeId, rows: readonly Outcome[], threshold: number): ConfusionRow {
  const failures = rows.filter((row) => !isHit(row, threshold))
  const cells = new Map([...Map.groupBy(failures, columnOf)].map(([column, own]) => [column, own.length]))
  return { attribute, hits: rows.length - failures.length, failed: failures.length, cells }
}

/** One bar of the histogram over the slider: hits solid, failures hatched. */
export interface IouBin {
  hits: number
  failures: number
}

/** IoU from 0 to 1 in equal bins; 1 itself falls into the last. */
export function iouHistogram(rows: readonly Outcome[], threshold: number, count = 50): IouBin[] {
  const bins = Array.from({ length: count }, (): IouBin => ({ hits: 0, failures: 0 }))
  for (const row of rows) {
    const bin = bins[Math.min(count - 1, Math.floor(row.iou * count))]
    if (bin) bin[isHit(row, threshold) ? 'hits' : 'failures']++
  }
  return bins
}
