import type { Job } from '@shared/contract/jobs'
import { Failure } from '@shared/failures'
import { WorkerLost } from '@main/process/worker-lost'
import type { Settlement, StoredJob } from './job-store'

interface OutcomeParts {
  job: StoredJob
  signal: AbortSignal
  isClosing: () => boolean
  /** What it becomes when somebody asked for its end. */
  stoppedAs: () => 'cancelled' | 'paused'
  retryMs: number
  /** What this host closes over waits for another one. */
  handsOver: boolean
  log: (error: unknown, what: string) => string
}

/** This host cannot do the job, and another one may: it is given back as it is. */
export class NotHere extends Error {}

/** Does a job and says what came of it; never rejects. */
export async function outcomeOf(work: () => Promise<unknown>, parts: OutcomeParts): Promise<Settlement> {
  try {
    return { state: 'done', result: (await work()) ?? null }
  } catch (error) {
    return endingOf(error, parts)
  }
}

function endingOf(
  error: unknown,
  { job, signal, isClosing, stoppedAs, handsOver, retryMs, log }: OutcomeParts,
): Settlement {
  if (signal.aborted && stoppedAs() === 'paused') return { state: 'paused' }
  if (signal.aborted && isClosing() && handsOver) return { state: 'queued', delayMs: 0 }
  if (signal.aborted) return { state: isClosing() ? 'interrupted' : 'cancelled' }
  if (error instanceof NotHere) return { state: 'queued', delayMs: retryMs }
  const unknown = () => log(error, `job ${job.kind} ${job.id}`)
  if (error instanceof WorkerLost) {
    if (job.attempts < job.mostAttempts) {
      unknown()
      return { state: 'queued', delayMs: retryMs * 2 ** (job.attempts - 1) }
    }
    return { state: 'interrupted', failure: internal(error, unknown()) }
  }
  return { state: 'failed', failure: error instanceof Failure ? stored(error) : internal(error, unknown()) }
}

function internal(error: unknown, id: string): Job['failure'] {
  return stored(new Failure('INTERNAL', { id, reason: error instanceof Error ? error.message : String(error) }))
}

function stored({ code, message, data }: Failure): Job['failure'] {
  return { code, message, data }
}
