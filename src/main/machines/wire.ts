import { MethodMetrics, Outcome } from '@shared/contract/evaluation'
import { MetricPoint } from '@shared/contract/learning'
import { Lane } from '@shared/contract/machines'
import { JobId, MachineId } from '@shared/ids'
import { Progress } from '@shared/progress'
import { z } from 'zod'

/** Where the studio answers workers. */
export const workerPath = '/worker'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A file of a run: no folders above it, nothing hidden. */
const FilePath = z.string().regex(/^[A-Za-z0-9_-][\w.-]*(\/[A-Za-z0-9_-][\w.-]*)*$/)

/** A worker's sign of life, and what it says of itself. */
export const Beat = z.object({
  id: MachineId,
  name: z.string().max(100),
  host: z.string().max(200),
  version: z.string().max(100),
  engine: z.string().max(200),
  device: z.string().max(200),
  lanes: z.array(Lane).min(1),
  job: JobId.nullable(),
  progress: Progress.nullable(),
  /** Why it takes no work; null where it does. */
  trouble: z.string().max(1000).nullable(),
  /** It ends now. */
  leaving: z.boolean().default(false),
})
export type Beat = z.infer<typeof Beat>

/** A worker of another version may say other things of itself; so much any says. */
export const ForeignBeat = Beat.extend({
  engine: Beat.shape.engine.catch(''),
  device: Beat.shape.device.catch(''),
  lanes: Beat.shape.lanes.catch(['gpu']),
  job: Beat.shape.job.catch(null),
  progress: Beat.shape.progress.catch(null),
  trouble: Beat.shape.trouble.catch(null),
  leaving: z.boolean().catch(false),
})

export const BeatAnswer = z.object({
  /** The project whose jobs it may take; null while none is open. */
  project: z.object({ uid: z.string(), name: z.string() }).nullable(),
  drain: z.boolean(),
})
export type BeatAnswer = z.infer<typeof BeatAnswer>

/** A file that a job needs, by its path below the project's folder and by what is in it. */
export const NeededFile = z.object({ path: z.string(), bytes: z.int(), sha256: Sha256 })
export type NeededFile = z.infer<typeof NeededFile>

/** Who asks: the same that claimed the job. */
const Holder = z.object({ owner: z.string() })
export const BeginBody = Holder.extend({ resumed: z.boolean() })

/** JSON has no NaN: a number that is none is null on the way, and left out. */
const Numbers = z
  .record(z.string(), z.number().nullable())
  .transform((all) =>
    Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== null)),
  )
const Checkpoint = z.object({
  file: z.string(),
  step: z.int(),
  epoch: z.number(),
  best: z.boolean(),
  values: Numbers,
  at: z.number(),
})
const RemoteEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resumed'), step: z.int() }),
  z.object({ kind: z.literal('metrics'), points: z.array(MetricPoint.extend({ values: Numbers })) }),
  z.object({ kind: z.literal('checkpoint'), checkpoint: Checkpoint }),
  z.object({ kind: z.literal('headline'), headline: Numbers }),
  z.object({ kind: z.literal('outcomes'), rows: z.array(Outcome.omit({ id: true, mark: true })), from: z.int() }),
  z.object({ kind: z.literal('log'), line: z.string() }),
  z.object({ kind: z.literal('engine'), backend: z.string() }),
])
export type RemoteEvent = z.infer<typeof RemoteEvent>

/** Events in their order; `first` is the number of the first one among all of this try. */
export const EventsBody = Holder.extend({ first: z.int().min(0), events: z.array(RemoteEvent) })

/** Files that were sent, to be put in the place of a run's folder; none takes the folder away. */
export const PlaceBody = Holder.extend({
  folders: z.array(
    z.object({ name: z.enum(['model', 'last']), files: z.array(z.object({ path: FilePath, sha256: Sha256 })) }),
  ),
})
export type PlacedFolder = z.infer<typeof PlaceBody>['folders'][number]
export const FinishBody = Holder.extend({ result: z.union([z.array(MethodMetrics), Numbers]) })
