import { JobKind, JobState, StoredFailure } from '@shared/contract/jobs'
import { JobId, RunId } from '@shared/ids'
import { z } from 'zod'
import type { StoredJob } from '@main/jobs/job-store'

const json = <T extends z.ZodType>(schema: T) => z.preprocess((text) => JSON.parse(String(text)) as unknown, schema)
const time = z.union([z.literal('').transform(() => null), z.coerce.number()])

/** The fields of a record as Redis keeps them: all of them text. */
const RecordFields = z.object({
  id: JobId,
  about: json(z.object({ title: z.string(), payload: z.unknown(), run: RunId.nullable() })),
  kind: JobKind,
  state: JobState,
  priority: z.coerce.number(),
  after: json(z.array(JobId)),
  attempts: z.coerce.number(),
  mostAttempts: z.coerce.number(),
  createdAt: z.coerce.number(),
  startedAt: time,
  endedAt: time,
  failure: json(StoredFailure.nullable()),
  result: json(z.unknown()),
})

/** A job as its record says it: an object of fields, or their names and values in turn. */
export function jobOf(fields: unknown): StoredJob {
  const named = Array.isArray(fields) ? pairs(fields) : fields
  const { about, ...rest } = RecordFields.parse(named)
  return { progress: null, ...about, ...rest }
}

function pairs(list: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[String(name), list[i + 1]]] : [])))
}
