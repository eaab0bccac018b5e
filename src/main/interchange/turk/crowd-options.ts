import { z } from 'zod'

/** What can be said about answers of a crowd. */
export const crowdOptions = {
  rejected: z.boolean().default(false).describe('Take answers that were rejected, too'),
  frame: z.int().min(0).default(0).describe('Frame of boxes of which the file says neither frame nor time'),
}
