import type { MethodMetrics } from '@shared/contract/evaluation'
import type { JobId, RunId } from '@shared/ids'
import type { JobContext } from '@main/jobs/job-queue'
import type { EngineService } from '@main/system/engine-service'
import type { Headline, WorkerEvent, WorkerTasks } from './worker-tasks'
import type { Workers } from './workers'

/** A job of a model, as far as whoever prepares it and takes what comes of it must know it. */
export interface WorkOrder {
  id: JobId
  run: RunId | null
  payload: unknown
  /** It was begun before: it goes on from what is there. */
  resumed: boolean
}

/** Tasks that a job is, on this machine or another one. */
export type WorkTask = 'classifier' | 'explainer' | 'measureModel' | 'evaluation'

/** What a machine gets to do a job. */
export type BegunWork = { [T in WorkTask]: { task: T; input: WorkerTasks[T]['in'] } }[WorkTask]

export type WorkResult = Headline | MethodMetrics[]

/** A kind of job that a model works for: what it needs, and what is done with what comes of it, whoever computes. */
export interface Work {
  begin(order: WorkOrder, signal?: AbortSignal): Promise<BegunWork>
  /** The same event twice is one. */
  hear(order: WorkOrder, event: Exclude<WorkerEvent, { kind: 'progress' }>): void
  /** Everything is on disk when it resolves; gives the job's result. */
  finish(order: WorkOrder, result: WorkResult): Promise<unknown>
}

/** Does the work in this machine's worker process. */
export async function doHere(
  work: Work,
  { id, run, payload, resumed, signal, progress }: JobContext,
  { workers, engine }: { workers: Workers; engine: EngineService },
): Promise<unknown> {
  const order = { id, run, payload, resumed }
  const { task, input } = await work.begin(order, signal)
  const onEvent = (event: Exclude<WorkerEvent, { kind: 'progress' }>) => work.hear(order, event)
  return work.finish(order, await workers.work(task, input, { engine, signal, progress, onEvent }))
}
