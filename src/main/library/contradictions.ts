import type { Contradiction, ImportRow } from '@shared/contract/library'
import type { PlannedVideo } from './import-plan'

/** A contradiction, and whether the video came in with this import. */
export type FoundContradiction = Omit<Contradiction, 'name'> & { isNew: boolean }

/** Videos that several files of one import are, and what those files do not agree about, in the order of the plan. */
export function contradictionsOf(planned: readonly PlannedVideo[], rows: readonly ImportRow[]): FoundContradiction[] {
  const rowOf = new Map(rows.map((row) => [row.path, row]))
  const files = planned.flatMap((plan) => {
    const row = rowOf.get(plan.path)
    return row?.video ? [{ plan, video: row.video, isNew: !row.duplicate }] : []
  })
  return [...Map.groupBy(files, ({ video }) => video)].flatMap(([video, some]) => {
    const isNew = some.some((file) => file.isNew)
    return (['class', 'split'] as const).flatMap((about) => {
      const says = some.flatMap(({ plan }) => {
        const value = plan[about]
        return value === null ? [] : [{ path: plan.path, value }]
      })
      return new Set(says.map(({ value }) => value)).size > 1 ? [{ video, about, says, isNew }] : []
    })
  })
}
