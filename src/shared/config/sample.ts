import { z } from 'zod'

/** ShapeActs, the sample data set whose right answers are known (docs/evaluation.md, 4). */
export const SampleConfig = z.object({
  tier: z.enum(['T1', 'T2', 'T3', 'T4']).default('T1').meta({
    title: 'Tier',
    description:
      'T1 clean, T2 distractors and texture, T3 camera motion, noise and occlusion, T4 motion attributes and long videos.',
  }),
  removable: z
    .int()
    .min(2)
    .max(4)
    .default(3)
    .meta({ title: 'Removable attributes', description: 'Classes are their subsets: 3 gives 8 classes, 4 gives 16.' }),
  size: z.int().min(32).max(448).default(64).meta({ title: 'Size', unit: 'px' }),
  frames: z.int().min(4).max(600).default(16).meta({ title: 'Frames', unit: 'frames' }),
  cell: z.int().min(4).max(64).default(8).meta({
    title: 'Cell',
    unit: 'px',
    description: 'Objects are 2 to 3 cells large and move at most one cell per frame.',
  }),
  train: z.int().min(1).default(600).meta({ title: 'Training clips' }),
  test: z.int().min(1).default(160).meta({ title: 'Test clips' }),
  distractor: z.number().min(0).max(1).default(0.5).meta({ title: 'Distractors', unit: 'probability' }),
  annotation: z
    .enum(['dense', 'keyframe'])
    .default('dense')
    .meta({ title: 'Boxes', description: 'A full track per attribute, or one key frame as in the paper.' }),
  optionalAttributes: z.number().min(0).max(1).default(0).meta({
    title: 'Optional attributes',
    unit: 'probability',
    description: 'Attributes that only some clips of a class have.',
  }),
  seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
})
export type SampleConfig = z.infer<typeof SampleConfig>
