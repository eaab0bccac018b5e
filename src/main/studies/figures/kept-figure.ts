import { z } from 'zod'

/** A result that tables of the docs are made from: docs/figures/<name>.json. */
export const KeptFigure = z.object({
  /** What was run. */
  command: z.string(),
  /** The day, as 2026-12-01. */
  date: z.string(),
  machine: z.string(),
  /** The code that it was measured with: `methodVersion`. */
  methodVersion: z.int(),
  /** SHA-256 of the weights that it describes, where they are shipped. */
  models: z.object({ classifier: z.string(), explainer: z.string() }).nullable(),
  /** What the command printed with --json. */
  result: z.record(z.string(), z.unknown()),
})
export type KeptFigure = z.infer<typeof KeptFigure>

export type KeptFigures = Readonly<Record<string, KeptFigure>>
