import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { JobId, RunId } from '@shared/ids'
import { Progress } from '@shared/progress'
import { forOwners, forReviewers } from './base'

export const JobKind = z.enum([
  'import',
  'dataImport',
  'dataExport',
  'sample',
  'engine',
  'classifier',
  'explainer',
  'evaluation',
  'tour',
])
export type JobKind = z.infer<typeof JobKind>

export const JobState = z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'])
export type JobState = z.infer<typeof JobState>

/** A failure as a row can hold it: the code of the catalogue, its sentence, and the particulars. */
export const StoredFailure = z.object({ code: z.string(), message: z.string(), data: z.unknown() })

export const Job = z.object({
  id: JobId,
  kind: JobKind,
  title: z.string(),
  state: JobState,
  progress: Progress.nullable(),
  run: RunId.nullable(),
  failure: StoredFailure.nullable(),
  /** What came of it, once it is done: an import's report, an evaluation's id. */
  result: z.unknown(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})
export type Job = z.infer<typeof Job>

export const jobs = {
  list: forReviewers
    .route({ method: 'GET', path: '/jobs', summary: 'Work that waits, runs or has ended' })
    .output(z.array(Job)),
  get: forReviewers
    .route({ method: 'GET', path: '/jobs/{id}', summary: 'One job' })
    .input(z.object({ id: JobId }))
    .output(Job),
  cancel: forOwners
    .route({ method: 'POST', path: '/jobs/{id}/cancel', summary: 'Ask a job to stop' })
    .input(z.object({ id: JobId }))
    .output(Job),
  pause: forOwners
    .route({ method: 'POST', path: '/jobs/{id}/pause', summary: 'Put a training aside until somebody resumes it' })
    .input(z.object({ id: JobId }))
    .output(Job),
  resume: forOwners
    .route({
      method: 'POST',
      path: '/jobs/{id}/resume',
      summary: 'Go on with a job that was paused, stopped or interrupted',
    })
    .input(z.object({ id: JobId }))
    .output(Job),
  /** Every change of every job, first the ones that wait or run now. */
  watch: forReviewers
    .route({ method: 'GET', path: '/jobs/watch', summary: 'A stream of job changes' })
    .output(eventIterator(Job)),
}
