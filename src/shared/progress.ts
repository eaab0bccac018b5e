import { z } from 'zod'

/** How far some work is. `total` null: the length is not known, and the screen says so. */
export const Progress = z.object({
  /** What is being done, in a few words: "reading videos". */
  label: z.string(),
  done: z.number().min(0),
  total: z.number().min(0).nullable(),
  secondsLeft: z.number().min(0).nullable().default(null),
})
export type Progress = z.infer<typeof Progress>

export type OnProgress = (progress: Progress) => void
