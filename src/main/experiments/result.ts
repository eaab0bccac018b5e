import { experimentNames } from '@shared/config/experiment'
import { z } from 'zod'
import type { ReportExample } from '@main/report/report-example'
import { CurvePoint } from './curve-point'

/** A mean with its interval and the number of rows behind it; a number of the paper has neither. */
const Measured = z.object({
  value: z.number().nullable(),
  count: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Measured = z.infer<typeof Measured>

/** Words, a count, a measured number; null where there is nothing to say. */
const Cell = z.union([z.string(), z.number(), Measured, z.null()])
export type Cell = z.infer<typeof Cell>

const Table = z.object({
  columns: z.array(z.object({ key: z.string(), title: z.string() })),
  rows: z.array(z.object({ source: z.enum(['project', 'paper']), cells: z.record(z.string(), Cell) })),
})
export type Table = z.infer<typeof Table>
export type TableRow = Table['rows'][number]

/** One table or figure, as its JSON file holds it. */
export const StoredResult = z.object({
  name: z.enum(experimentNames),
  title: z.string(),
  /** What it shows, in a sentence or two. */
  lead: z.string(),
  table: Table,
  curves: z.array(CurvePoint).optional(),
  /** What the numbers hold for. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What is missing, and what the numbers do not show. */
  notes: z.array(z.string()),
})

export type ExperimentResult = z.infer<typeof StoredResult> & { examples?: ReportExample[] }

/** A number as the paper prints it. */
export function printed(value: number): Measured {
  return { value, count: null, low: null, high: null }
}
