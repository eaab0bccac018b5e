import { z } from 'zod'
import { JobId, MachineId, RunId } from '@shared/ids'
import { Progress } from '@shared/progress'
import { forOwners, forReviewers } from './base'

/** Trainings, which a graphics card makes quick, and measurements, which any machine can take. */
export const Lane = z.enum(['gpu', 'cpu'])
export type Lane = z.infer<typeof Lane>

/**
 * `idle`: it waits for work; `busy`; `draining`: it ends what it does and takes nothing new; `held`: something there keeps
 * it from working; `lost`: it says nothing any more; `refused`: it was not let in.
 */
export const MachineState = z.enum(['idle', 'busy', 'draining', 'held', 'lost', 'refused'])
export type MachineState = z.infer<typeof MachineState>

/** A worker on some machine. */
export const Machine = z.object({
  id: MachineId,
  name: z.string(),
  /** The machine's own name. */
  host: z.string(),
  engine: z.string(),
  device: z.string(),
  lanes: z.array(Lane),
  state: MachineState,
  /** What a person reads of a state that needs words; null for the others. */
  reason: z.string().nullable(),
  job: z.object({ id: JobId, title: z.string(), run: RunId.nullable() }).nullable(),
  progress: Progress.nullable(),
  /** Since when it is in this state, or does this job. */
  since: z.number(),
  seenAt: z.number(),
})
export type Machine = z.infer<typeof Machine>

export const machines = {
  list: forReviewers
    .route({ method: 'GET', path: '/workers', summary: 'Workers, on whichever machine, and what they do' })
    .output(z.object({ isShared: z.boolean().describe('jobs lie on a Redis'), machines: z.array(Machine) })),
  invite: forOwners
    .route({ method: 'GET', path: '/workers/invitation', summary: 'The command that starts a worker' })
    .output(z.object({ command: z.string().nullable() })),
  drain: forOwners
    .route({
      method: 'POST',
      path: '/workers/{id}/drain',
      summary: 'Let a worker end what it does and take nothing new',
    })
    .input(z.object({ id: MachineId, drain: z.boolean().default(true) }))
    .output(Machine),
  forget: forOwners
    .route({ method: 'DELETE', path: '/workers/{id}', summary: 'Take a lost or refused worker off the list' })
    .input(z.object({ id: MachineId })),
}
