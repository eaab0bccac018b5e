import { z } from 'zod'
import { EvaluationConfig } from './evaluation'

/** The tables and figures of the paper, in its order. */
export const experimentNames = ['table1', 'table2', 'table3', 'figure5', 'table4', 'figure6'] as const
export type ExperimentName = (typeof experimentNames)[number]

const { split, iou, fill, trim, baselines, baselineAttribute, seed } = EvaluationConfig.shape

/** How the paper's experiments are measured on a project; the rest is as the paper says. */
export const ExperimentConfig = z.object({
  split,
  negatives: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ title: 'Negatives', description: 'Figure 5 goes from 1 to so many, or as many as there are.' }),
  iou,
  fill,
  trim,
  baselines: baselines
    .unwrap()
    .default(['randomTube', 'trueTube', 'centreCrop', 'actorTube'])
    .meta({ title: 'Baselines', description: 'The actor tube stands only where actors are boxed.' }),
  baselineAttribute,
  seed,
})
export type ExperimentConfig = z.infer<typeof ExperimentConfig>
