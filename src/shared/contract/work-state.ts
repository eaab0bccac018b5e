import { z } from 'zod'

/**
 * How far a person is with a video. `new`: nothing said; `started`: something said; `submitted`: for a reviewer to look
 * at; `skipped`: left out, with a reason; `returned`: to be mended; `reviewed`: accepted.
 */
export const WorkState = z.enum(['new', 'started', 'submitted', 'skipped', 'returned', 'reviewed'])
export type WorkState = z.infer<typeof WorkState>
