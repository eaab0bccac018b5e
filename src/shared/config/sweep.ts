import { z } from 'zod'
import { choice } from './choice'

/** Most runs that one sweep may have. */
export const mostSweepRuns = 200

/** One setting that differs between the runs of a sweep, and what it is set to: single values, or a range of numbers. */
export const SweepAxis = z.union([
  z.object({
    field: z.string().describe('Key of a setting of the run'),
    values: z.array(z.unknown()).min(1).max(mostSweepRuns),
  }),
  z.object({
    field: z.string().describe('Key of a setting of the run'),
    from: z.number(),
    to: z.number(),
    scale: choice({ linear: 'linear', log: 'logarithmic' }).default('linear'),
  }),
])
export type SweepAxis = z.infer<typeof SweepAxis>

/** How a sweep goes through its settings, and when it gives a run up. */
export const SweepPlan = z.object({
  method: choice({ grid: 'every combination', random: 'drawn at random' }).default('grid').meta({
    title: 'Combinations',
    description: 'Every combination of the values, or some drawn from them, ranges evenly on their scale.',
  }),
  runs: z.int().min(1).max(mostSweepRuns).default(12).meta({
    title: 'Runs',
    description: 'How many combinations are drawn at random; no combination twice.',
  }),
  points: z.int().min(2).max(50).default(3).meta({
    title: 'Points of a range',
    description:
      'Values that every combination takes of a range, ends included; of a linear range of whole numbers it takes each.',
  }),
  drawSeed: z.int().min(0).default(0).meta({ title: 'Seed of the draw', description: 'For those drawn at random.' }),
  stopping: choice({ off: 'off', median: 'below the median' }).default('off').meta({
    title: 'Early stopping',
    description:
      'Below the median: a run ends whose best validation accuracy (of explanations, bound) so far is below the median of what the others had on average by then.',
  }),
  stopAfter: z.number().min(0).max(1).default(0.25).meta({
    title: 'Stop after',
    unit: 'share of a run',
    description: 'No run is stopped before.',
  }),
  stopAmong: z.int().min(1).max(mostSweepRuns).default(3).meta({
    title: 'Stop among',
    unit: 'runs',
    description: 'So many others must have come as far.',
  }),
})
export type SweepPlan = z.infer<typeof SweepPlan>
