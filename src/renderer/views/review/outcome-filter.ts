import type { Cause, Outcome } from '@shared/contract/evaluation'
import type { AttributeId, ClassId } from '@shared/ids'
import { type Column, columnOf, isHit } from './outcome-table'

/** Which part of the matrix the wall shows. */
export type Cell =
  | { part: 'failures' }
  | { part: 'hits'; said?: AttributeId }
  | { part: 'cell'; said: AttributeId; column: Column }
  | { part: 'row'; said: AttributeId }
  /** All rows given, as behind a number of the table. */
  | { part: 'all' }

export interface OutcomeFilter {
  hitRank: 'any' | '1' | '2-3' | 'later' | 'none'
  pair: { pos: ClassId; neg: ClassId } | null
  notAnnotated: boolean
  cause: Cause | 'any' | 'unmarked'
}

export const noFilter: OutcomeFilter = { hitRank: 'any', pair: null, notAnnotated: false, cause: 'any' }

export type OutcomeSort = 'worst' | 'best' | 'video'

/** Concept rows that belong to a part of the matrix. The length is the number in the cell. */
export function inCell(rows: readonly Outcome[], cell: Cell, threshold: number): Outcome[] {
  return rows.filter((row) => {
    if (cell.part === 'all') return true
    const hit = isHit(row, threshold)
    if (cell.part === 'failures') return !hit
    if (cell.part === 'hits') return hit && (cell.said === undefined || cell.said === row.attribute)
    if (hit || row.attribute !== cell.said) return false
    return cell.part === 'row' || columnOf(row) === cell.column
  })
}

export function filtered(rows: readonly Outcome[], { hitRank, pair, notAnnotated, cause }: OutcomeFilter): Outcome[] {
  return rows.filter(
    (row) =>
      rankFits(row.hitRank, hitRank) &&
      (pair === null || (row.pos === pair.pos && row.neg === pair.neg)) &&
      (!notAnnotated || !row.assigned) &&
      (cause === 'any' || (cause === 'unmarked' ? row.mark === null : row.mark?.cause === cause)),
  )
}

function rankFits(rank: number | null, wanted: OutcomeFilter['hitRank']): boolean {
  if (wanted === 'any') return true
  if (rank === null) return wanted === 'none'
  return wanted === '1' ? rank === 1 : wanted === '2-3' ? rank === 2 || rank === 3 : wanted === 'later' && rank > 3
}

export function sorted(rows: readonly Outcome[], by: OutcomeSort): Outcome[] {
  if (by === 'video')
    return [...rows].sort((a, b) => a.videoName.localeCompare(b.videoName, undefined, { numeric: true }))
  return [...rows].sort((a, b) => (by === 'worst' ? a.iou - b.iou : b.iou - a.iou))
}

/** The pairs (A, B) among rows, most frequent first. */
export function pairsOf(rows: readonly Outcome[]): { pos: ClassId; neg: ClassId; count: number }[] {
  const groups = Map.groupBy(rows, (row) => `${row.pos} ${row.neg}`)
  return [...groups.values()]
    .flatMap((own) => (own[0] ? [{ pos: own[0].pos, neg: own[0].neg, count: own.length }] : []))
    .sort((a, b) => b.count - a.count)
}
