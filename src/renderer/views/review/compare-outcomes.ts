import type { Outcome } from '@shared/contract/evaluation'
import { conceptRows, isHit } from './outcome-table'

export type ComparedPart = 'fixed' | 'broken' | 'bothWrong' | 'bothRight'

/** Two evaluations by the questions that both asked: rows are those of the later one. */
export interface Compared {
  parts: Record<ComparedPart, Outcome[]>
  /** Questions that only one of the two asked, so that nothing can be said of them. */
  onlyBefore: number
  onlyAfter: number
}

const keyOf = ({ video, pos, neg }: Outcome) => `${video} ${pos} ${neg}`

/** What was wrong and is right now, and the other way round, at an IoU threshold. */
export function compared(before: readonly Outcome[], after: readonly Outcome[], threshold: number): Compared {
  const [old, now] = [conceptRows(before), conceptRows(after)]
  const earlier = new Map(old.map((row) => [keyOf(row), row]))
  const parts: Compared['parts'] = { fixed: [], broken: [], bothWrong: [], bothRight: [] }
  let both = 0
  for (const row of now) {
    const match = earlier.get(keyOf(row))
    if (!match) continue
    both++
    const [was, is] = [isHit(match, threshold), isHit(row, threshold)]
    parts[is ? (was ? 'bothRight' : 'fixed') : was ? 'broken' : 'bothWrong'].push(row)
  }
  return { parts, onlyBefore: old.length - both, onlyAfter: now.length - both }
}
