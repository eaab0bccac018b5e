import { z } from 'zod'

/** One point of Figure 5: NCA top-k over the n likeliest negatives. */
export const CurvePoint = z.object({
  /** Of all clips, or of those that are classified rightly. */
  clips: z.enum(['all', 'correct']),
  method: z.string(),
  /** How many of the best outputs; 1 is the best pair. */
  outputs: z.int(),
  /** Each output masked by itself, or the tubes of all of them in one mask. */
  masked: z.enum(['each', 'together']),
  k: z.int(),
  n: z.int(),
  value: z.number(),
  count: z.int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type CurvePoint = z.infer<typeof CurvePoint>
