import { csvFile } from './csv'
import type { Outcome } from './contract/evaluation'
import type { AttributeId, ClassId } from './ids'
import { tubeSpan } from './geometry/tube-at'

/** Names by id, for files that people read. */
export interface Names {
  attribute(id: AttributeId): string
  class(id: ClassId): string
}

function plain(row: Outcome, names: Names) {
  const span = tubeSpan(row.tube)
  return {
    video: row.videoName,
    a: names.class(row.pos),
    b: names.class(row.neg),
    label: row.label ? names.class(row.label) : null,
    attribute: names.attribute(row.attribute),
    covers: row.covers ? names.attribute(row.covers) : null,
    iou: row.iou,
    hitRank: row.hitRank,
    assigned: row.assigned,
    hasBoxes: row.hasBoxes,
    score: row.score,
    firstFrame: span?.from ?? null,
    lastFrame: span?.to ?? null,
    cause: row.mark?.cause ?? null,
    note: row.mark?.note ?? null,
  }
}

const columns = [
  ...(['video', 'a', 'b', 'label', 'attribute', 'covers', 'iou', 'hitRank', 'assigned', 'hasBoxes'] as const),
  ...(['score', 'firstFrame', 'lastFrame', 'cause', 'note'] as const),
]

/** Outcomes as CSV (RFC 4180), one a line under a head of column names. */
export function outcomesCsv(rows: readonly Outcome[], names: Names): string {
  const lines = rows.map((row) => {
    const fields = plain(row, names)
    return columns.map((column) => fields[column])
  })
  return csvFile([columns, ...lines])
}

/** Outcomes as JSON, with their tubes. */
export function outcomesJson(rows: readonly Outcome[], names: Names): string {
  return JSON.stringify(
    rows.map((row) => ({ ...plain(row, names), tube: row.tube })),
    null,
    2,
  )
}
