import { z } from 'zod'
import { SweepAxis, SweepPlan } from '@shared/config/sweep'
import { JobId, RunId, SweepId } from '@shared/ids'
import { forOwners, forReviewers } from './base'
import { Freed, RunKind, StartRun } from './learning'

/** Runs that were started together and differ in some settings. Its members are the runs that name it. */
export const Sweep = z.object({
  id: SweepId,
  name: z.string(),
  kind: RunKind,
  axes: z.array(SweepAxis),
  plan: SweepPlan,
  createdAt: z.number(),
})
export type Sweep = z.infer<typeof Sweep>

/** What all its runs have in common, and what differs. */
export const StartSweep = z.object({
  start: StartRun.describe('The run whose settings are varied; its name, if any, is the name of the sweep'),
  axes: z.array(SweepAxis).min(1).max(12),
  plan: SweepPlan.prefault({}),
})
export type StartSweep = z.infer<typeof StartSweep>

export const sweeps = {
  list: forReviewers
    .route({ method: 'GET', path: '/sweeps', summary: 'Groups of runs that were started together, newest first' })
    .output(z.array(Sweep)),
  start: forOwners
    .route({ method: 'POST', path: '/sweeps', summary: 'Start runs that differ in some settings' })
    .input(StartSweep)
    .output(z.object({ sweep: SweepId, runs: z.array(z.object({ run: RunId, job: JobId })) })),
  stop: forOwners
    .route({ method: 'POST', path: '/sweeps/{id}/stop', summary: 'Stop the runs of a sweep that wait or run' })
    .input(z.object({ id: SweepId }))
    .output(z.object({ stopped: z.int() })),
  pause: forOwners
    .route({ method: 'POST', path: '/sweeps/{id}/pause', summary: 'Put aside the runs of a sweep that wait or run' })
    .input(z.object({ id: SweepId }))
    .output(z.object({ paused: z.int() })),
  resume: forOwners
    .route({ method: 'POST', path: '/sweeps/{id}/resume', summary: 'Go on with the runs of a sweep that were stopped' })
    .input(z.object({ id: SweepId }))
    .output(z.object({ resumed: z.int() })),
  freedBy: forOwners
    .route({ method: 'GET', path: '/sweeps/{id}/freed', summary: 'What deleting a sweep would free' })
    .input(z.object({ id: SweepId }))
    .output(Freed),
  remove: forOwners
    .route({ method: 'DELETE', path: '/sweeps/{id}', summary: 'Delete a sweep with its runs and their files' })
    .input(z.object({ id: SweepId }))
    .output(z.null()),
}
