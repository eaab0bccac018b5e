import { z } from 'zod'

/** What can be said about answers of a crowd. */
export const crowdOptions = {
  rejected: z
    .boolean()
    .default(false)
    .meta({ title: 'Rejected answers too', description: 'Take answers that were rejected, too', on: 'read' }),
  frame: z.int().min(0).default(0).meta({
    title: 'Frame of boxes without one',
    description: 'Frame of boxes of which the file says neither frame nor time',
    on: 'read',
  }),
}
