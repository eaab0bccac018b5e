import type { Run } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import type { SweepId } from '@shared/ids'

/** A row of the table: a run, or a sweep that opens to its runs. */
export type RunRow =
  | { is: 'run'; key: string; run: Run; within: boolean }
  | { is: 'sweep'; key: string; sweep: Sweep; runs: readonly Run[]; isOpen: boolean }

/**
 * Runs as they came, newest first; those of a sweep are one row where its newest stands, and follow it where it is open,
 * in the order they were started.
 */
export function runRows(runs: readonly Run[], sweeps: readonly Sweep[], open: ReadonlySet<SweepId>): RunRow[] {
  const byId = new Map(sweeps.map((sweep) => [sweep.id, sweep]))
  const members = Map.groupBy(runs, (run) => run.sweep)
  const said = new Set<SweepId>()
  return runs.flatMap((run): RunRow[] => {
    const sweep = run.sweep && byId.get(run.sweep)
    if (!sweep) return [{ is: 'run', key: run.id, run, within: false }]
    if (said.has(sweep.id)) return []
    said.add(sweep.id)
    const own = (members.get(sweep.id) ?? []).toReversed()
    const isOpen = open.has(sweep.id)
    const row: RunRow = { is: 'sweep', key: sweep.id, sweep, runs: own, isOpen }
    const within = own.map((one): RunRow => ({ is: 'run', key: one.id, run: one, within: true }))
    return [row, ...(isOpen ? within : [])]
  })
}
