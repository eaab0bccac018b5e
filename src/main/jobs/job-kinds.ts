import { owner } from '@shared/actor'
import { SampleConfig } from '@shared/config/sample'
import { DataExport, DataSource } from '@shared/contract/interchange'
import type { JobKind } from '@shared/contract/jobs'
import { ImportOptions } from '@shared/contract/library'
import { EvaluationId, PersonId } from '@shared/ids'
import { z } from 'zod'

interface KindOfJob {
  /** What a job of this kind is asked to do; parsed at the door. */
  payload: z.ZodType
  /** Kinds that share one place wait for each other: the models use one device; imports go side by side. */
  lane: string
  /** Times it may be begun before somebody has to ask again: what goes on from where it was may die and go on. */
  attempts: number
}

/** Every kind of work that takes a while. */
export const jobKinds = {
  import: { payload: ImportOptions, lane: 'import', attempts: 3 },
  // All of it or nothing: what was broken off begins anew when somebody asks.
  dataImport: { payload: DataSource.extend({ by: PersonId.default(owner.id) }), lane: 'data', attempts: 1 },
  dataExport: { payload: DataExport, lane: 'data', attempts: 1 },
  engine: { payload: z.null(), lane: 'engine', attempts: 1 },
  sample: { payload: SampleConfig, lane: 'device', attempts: 3 },
  // What a half-made tour lacks is not known: it is made anew instead.
  tour: { payload: z.null(), lane: 'device', attempts: 1 },
  classifier: { payload: z.null(), lane: 'device', attempts: 3 },
  explainer: { payload: z.null(), lane: 'device', attempts: 3 },
  evaluation: { payload: z.object({ evaluation: EvaluationId }), lane: 'device', attempts: 3 },
} as const satisfies Record<JobKind, KindOfJob>

/** Work of models, which any machine can do that is sent its rows and files: what a graphics card makes quick, and the rest. */
export const machineLanes = { gpu: ['classifier', 'explainer'], cpu: ['evaluation'] } as const satisfies Record<
  string,
  readonly JobKind[]
>
export const machineKinds: readonly JobKind[] = Object.values(machineLanes).flat()

/** What goes on from its last checkpoint, and may lie aside as long as somebody likes. */
export function mayPause(kind: JobKind): boolean {
  return kind === 'classifier' || kind === 'explainer'
}

export type PayloadOf<K extends JobKind> = z.output<(typeof jobKinds)[K]['payload']>

/** Jobs of one lane that run at once. */
const places: Readonly<Record<string, number>> = { import: 2, data: 1, engine: 1, device: 1 }

/** Each lane with its kinds, and how many of them run at once. */
export function lanesOf(kinds: readonly JobKind[]): { kinds: JobKind[]; most: number }[] {
  const byLane = Map.groupBy(kinds, (kind) => jobKinds[kind].lane)
  return [...byLane].map(([lane, of]) => ({ kinds: of, most: places[lane] ?? 1 }))
}
