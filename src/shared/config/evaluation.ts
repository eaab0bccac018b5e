import { z } from 'zod'
import { choice } from './choice'
import { methodWords } from '@shared/measure-words'
import { Layer } from './layer'

/** Methods that an evaluation can put beside the model. */
const baselines = [
  ...(['randomTube', 'trueTube', 'centreCrop', 'actorTube', 'gradCam', 'gradCamDifference'] as const),
  ...(['saliencyTube', 'saliencyDifference', 'gradientInput', 'occlusion', 'positiveOnly'] as const),
]
/** As the columns of its table are called. */
const baselineWords = Object.fromEntries(
  baselines.map((method) => [method, methodWords[method]?.title ?? method]),
) as Record<(typeof baselines)[number], string>

/** What an evaluation measures and how (docs/evaluation.md); stored with every number. */
export const EvaluationConfig = z.object({
  split: choice({ train: 'train', test: 'test' }).default('test').meta({ title: 'Videos of' }),
  pairs: choice({ all: 'every negative', top: 'likeliest negatives', remove1: 'remove one' }).default('top').meta({
    title: 'Class pairs',
    description:
      'Every negative; those with the largest p(c|x) (top); or classes that lack exactly one attribute of the prediction (remove one).',
  }),
  negatives: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .meta({ title: 'Negatives', description: 'How many of the likeliest (n of Figure 5).' }),
  maxPairs: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Most pairs', description: '0 for no limit; otherwise a seeded draw.' }),
  top: z.array(z.int().min(1).max(20)).default([1, 3, 5]).meta({ title: 'Top k' }),
  iou: choice({ volume: 'by volume', keyframe: 'at key frames', framewise: 'frame by frame' })
    .default('volume')
    .meta({ title: 'Tube IoU' }),
  fill: choice({ mean: 'mean colour', black: 'black', clip: 'mean colour of the clip', blur: 'blurred' })
    .default('mean')
    .meta({ title: 'Mask fill', description: 'Mean colour is zero to the network.' }),
  trim: z.boolean().default(false).meta({ title: 'Trim tubes' }),
  tubes: choice({ placed: 'placed tubes', own: 'own tubes' }).default('placed').meta({
    title: 'Tubes',
    description:
      "Placed on what they name, or each attribute's own, which is also what models without presence give. Tubes by max, the paper's rule, are always their own.",
  }),
  onlyCorrect: z.boolean().default(false).meta({ title: 'Only correctly classified clips' }),
  baselines: z.array(choice(baselineWords)).default(['randomTube', 'trueTube']).meta({ title: 'Baselines' }),
  baselineAttribute: choice({ random: 'drawn at random', prior: 'most frequent', presence: 'seen on the tube' })
    .default('random')
    .meta({
      title: 'Attribute of baselines',
      description:
        'For those that know places only: drawn (paper), the most frequent one of A that B lacks, or what is seen on the tube of a heat map.',
    }),
  curves: z.boolean().default(false).meta({
    title: 'Curves',
    description: 'Also deletion and insertion over the ranked tubes, and the union of the best: twice the time.',
  }),
  eachOutput: z.boolean().default(false).meta({
    title: 'Mask each output',
    description:
      'Also every output down to the largest top k, and the best k together (Figure 5): a few times the time.',
  }),
  sanity: z.boolean().default(false).meta({
    title: 'Sanity checks',
    description:
      "Also the method where it must fail: a re-initialised explainer, a re-initialised network, another clip's features; and whether it knows when there is no evidence. About three times the time.",
  }),
  layer: Layer,
  leastSure: z.number().min(0).max(1).default(0).meta({
    title: 'Least confidence',
    description:
      'Labels of which the layer is less sure, and boxes that a smaller share of people drew, are taken as unsure: nothing is measured by them.',
  }),
  seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
})
export type EvaluationConfig = z.infer<typeof EvaluationConfig>
export type BaselineName = EvaluationConfig['baselines'][number]
