import { csvFile } from '@shared/csv'
import type { CrowdAnswer } from '@main/interchange/turk/crowd-answer'
import type { TurkTable } from '@main/interchange/turk/turk-table'

/** What becomes of an assignment: paid, or not and why. */
export type Decision = { approve: true } | { reject: string }

/** A row of a results file, and what becomes of it; null where it is left as it stands. */
export interface DecidedRow {
  cells: readonly string[]
  answer: CrowdAnswer | null
  decision: Decision | null
}

/** Decides what is open: rows that were submitted and have neither been approved nor rejected. */
export async function decidedRows(
  { columns, rows }: TurkTable,
  decide: (answer: CrowdAnswer) => Decision | null,
): Promise<DecidedRow[]> {
  const at = ['approve', 'reject'].map((name) => placeOf(columns, name))
  const decided: DecidedRow[] = []
  for await (const { cells, answer } of rows) {
    const isOpen = answer?.status === 'submitted' && at.every((place) => !cells[place])
    decided.push({ cells, answer, decision: isOpen ? decide(answer) : null })
  }
  return decided
}

/** The results file again with `Approve` = `x`, or `Reject` = the reason, where something was decided. */
export function decisionsCsv(columns: readonly string[], rows: readonly DecidedRow[]): string {
  const header = [...columns, ...['Approve', 'Reject'].filter((name) => placeOf(columns, name) < 0)]
  const lines = rows.map(({ cells, decision }) => {
    const line = header.map((_, i) => cells[i] ?? '')
    if (decision && 'approve' in decision) line[placeOf(header, 'approve')] = 'x'
    else if (decision) line[placeOf(header, 'reject')] = decision.reject
    return line
  })
  return csvFile([header, ...lines])
}

function placeOf(header: readonly string[], name: string): number {
  return header.findIndex((one) => one.toLowerCase() === name.toLowerCase())
}

/** Somebody who gets more than was promised, and for which of their assignments. */
export interface Bonus {
  worker: string
  assignment: string
  amount: number
  reason: string
}

/** A bonus for each assignment approved here of those who are good enough. */
export function bonusesOf(
  rows: readonly DecidedRow[],
  { amount, isGood }: { amount: number; isGood: (worker: string) => boolean },
): Bonus[] {
  return rows.flatMap(({ decision, answer }) => {
    const isApproved = decision !== null && 'approve' in decision
    if (!isApproved || !answer?.assignment || !isGood(answer.worker)) return []
    const reason = 'Your answers were right again and again. Thank you.'
    return [{ worker: answer.worker, assignment: answer.assignment, amount, reason }]
  })
}

/** A list of bonuses, as the tools of Mechanical Turk's command line take it. */
export function bonusCsv(bonuses: readonly Bonus[]): string {
  const lines = bonuses.map(({ worker, assignment, amount, reason }) => [worker, assignment, amount.toFixed(2), reason])
  return csvFile([['WorkerId', 'AssignmentId', 'BonusAmount', 'Reason'], ...lines])
}

/** A worker in numbers; null where there is nothing to tell it from. */
export interface WorkerNumbers {
  worker: string
  assignments: number
  approved: number
  rejected: number
  skipped: number
  medianSeconds: number | null
  gold: number | null
  goldSeen: number
  withOthers: number | null
  flags: readonly string[]
}

/** Workers as a table. */
export function workersCsv(workers: readonly WorkerNumbers[]): string {
  const counts = ['Assignments', 'Approved', 'Rejected', 'Skipped']
  const header = ['WorkerId', ...counts, 'MedianSeconds', 'RightOnGold', 'GoldSeen', 'WithOthers', 'Flags']
  const lines = workers.map((one) => [
    ...[one.worker, one.assignments, one.approved, one.rejected, one.skipped, number(one.medianSeconds)],
    ...[number(one.gold), one.goldSeen, number(one.withOthers), one.flags.join(' ')],
  ])
  return csvFile([header, ...lines])
}

function number(value: number | null): string {
  return value === null ? '' : value.toFixed(3)
}
