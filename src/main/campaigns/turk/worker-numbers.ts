import type { PersonId } from '@shared/ids'
import type { DecidedRow, WorkerNumbers } from './decisions'

/** How well somebody answers, as the quality of a campaign has it. */
export interface KnownWorker {
  person: PersonId
  gold: number | null
  goldSeen: number
  withOthers: number | null
  flags: readonly { kind: string }[]
}

/** Everybody of a results file in numbers, those with most assignments first. */
export function workerNumbers(
  rows: readonly DecidedRow[],
  known: ReadonlyMap<string, KnownWorker>,
): readonly WorkerNumbers[] {
  const answers = rows.flatMap(({ answer, decision }) => (answer ? [{ answer, decision }] : []))
  return [...Map.groupBy(answers, ({ answer }) => answer.worker)]
    .map(([worker, own]) => {
      const { gold = null, goldSeen = 0, withOthers = null, flags = [] } = known.get(worker) ?? {}
      const seconds = own.flatMap(({ answer }) => answer.seconds ?? []).sort((a, b) => a - b)
      const decided = (kind: 'approve' | 'reject', status: 'approved' | 'rejected') =>
        own.filter(({ answer, decision }) => answer.status === status || (decision !== null && kind in decision)).length
      return {
        ...{ worker, assignments: own.length, gold, goldSeen, withOthers, flags: flags.map(({ kind }) => kind) },
        ...{ approved: decided('approve', 'approved'), rejected: decided('reject', 'rejected') },
        skipped: own.filter(({ answer }) => answer.skipped !== null).length,
        medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
      }
    })
    .sort((a, b) => b.assignments - a.assignments || (a.worker < b.worker ? -1 : 1))
}
