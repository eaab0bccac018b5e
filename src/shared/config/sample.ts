import { z } from 'zod'
import { choice } from './choice'

const share = z.number().min(0).max(1)

/** What makes a tier harder; left out, the tier's own value counts. */
const hardships = {
  frames: z.int().min(4).max(600).optional().meta({ title: 'Frames', unit: 'frames' }),
  background: choice({ flat: 'plain', gradient: 'gradient', noise: 'noise', moving: 'moving' })
    .optional()
    .meta({ title: 'Background' }),
  pan: z.number().min(0).max(2).optional().meta({ title: 'Camera pan', unit: 'cells over the clip' }),
  shake: z.number().min(0).max(1).optional().meta({ title: 'Camera shake', unit: 'cells' }),
  noise: share.optional().meta({ title: 'Noise', description: 'Standard deviation, as a share of full range.' }),
  blur: z.int().min(0).max(3).optional().meta({ title: 'Blur', unit: 'px' }),
  brightness: share.optional().meta({ title: 'Brightness', description: 'Largest change from clip to clip.' }),
  occlusion: share
    .optional()
    .meta({ title: 'Occlusion', unit: 'probability', description: 'A dark bar that passes in front.' }),
}

/** ShapeActs, the sample data set whose right answers are known (docs/evaluation.md). */
export const SampleConfig = z.object({
  tier: choice({
    T1: 'T1 clean',
    T2: 'T2 distractors and texture',
    T3: 'T3 camera motion and occlusion',
    T4: 'T4 motion attributes',
  })
    .default('T1')
    .meta({
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
  cell: z.int().min(4).max(64).default(8).meta({
    title: 'Cell',
    unit: 'px',
    description: 'Objects are 2 to 3 cells large and move at most one cell per frame.',
  }),
  train: z.int().min(1).default(600).meta({ title: 'Training clips' }),
  test: z.int().min(1).default(160).meta({ title: 'Test clips' }),
  distractor: share.default(0.5).meta({ title: 'Distractors', unit: 'probability' }),
  minimumSpan: share.default(0.6).meta({
    title: 'Shortest span',
    unit: 'share of frames',
    description: 'An attribute is visible at least this long.',
  }),
  centreBias: share.default(0).meta({
    title: 'Centre bias',
    description: '0: anywhere; 1: in the middle half, where attributes cover each other more.',
  }),
  labelNoise: share
    .default(0)
    .meta({ title: 'Label noise', unit: 'probability', description: 'Training clips with a class drawn at random.' }),
  spurious: share.default(0).meta({
    title: 'Spurious background',
    description: 'How strongly the first attribute goes with a reddish background.',
  }),
  optionalAttributes: share.default(0).meta({
    title: 'Variants',
    unit: 'probability',
    description:
      'Removable attributes that come as a red variant with a word of its own: what a clip shows then differs within its class.',
  }),
  annotation: choice({ dense: 'full tracks', keyframe: 'one key frame' })
    .default('dense')
    .meta({ title: 'Boxes', description: 'A full track per attribute, or one key frame as in the paper.' }),
  seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
  ...hardships,
})
export type SampleConfig = z.infer<typeof SampleConfig>

type Hardships = Required<Pick<SampleConfig, keyof typeof hardships>>
/** Settings in which nothing is left open. */
export type FullSampleConfig = SampleConfig & Hardships

/** The hardships of each tier. */
export const sampleTiers: Record<SampleConfig['tier'], Hardships> = {
  T1: { frames: 16, background: 'flat', pan: 0, shake: 0, noise: 0, blur: 0, brightness: 0, occlusion: 0 },
  T2: { frames: 16, background: 'noise', pan: 0, shake: 0, noise: 0.02, blur: 0, brightness: 0.1, occlusion: 0 },
  T3: { frames: 16, background: 'moving', pan: 1, shake: 0.25, noise: 0.04, blur: 1, brightness: 0.2, occlusion: 0.5 },
  T4: { frames: 64, background: 'gradient', pan: 0, shake: 0, noise: 0.02, blur: 0, brightness: 0.1, occlusion: 0 },
}

/** The settings with the tier's own hardships filled in. */
export function withTier(config: SampleConfig): FullSampleConfig {
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
  return { ...sampleTiers[config.tier], ...given } as FullSampleConfig
}
