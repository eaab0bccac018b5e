import { z } from 'zod'
import { Layer } from './layer'

/** What an evaluation measures and how (docs/evaluation.md); stored with every number. */
export const EvaluationConfig = z.object({
  split: z.enum(['train', 'test']).default('test').meta({ title: 'Videos of' }),
  pairs: z.enum(['all', 'top', 'remove1']).default('top').meta({
    title: 'Class pairs',
    description:
      'all: every negative; top: the negatives with the largest p(c|x); remove1: classes that lack exactly one attribute of the prediction.',
  }),
  negatives: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .meta({ title: 'Negatives', description: 'How many for "top" (n of Figure 5).' }),
  maxPairs: z
    .int()
    .min(0)
    .default(0)
    .meta({ title: 'Most pairs', description: '0 for no limit; otherwise a seeded draw.' }),
  top: z.array(z.int().min(1).max(20)).default([1, 3, 5]).meta({ title: 'Top k' }),
  iou: z.enum(['volume', 'keyframe', 'framewise']).default('volume').meta({ title: 'Tube IoU' }),
  fill: z
    .enum(['mean', 'black', 'clip', 'blur'])
    .default('mean')
    .meta({ title: 'Mask fill', description: 'Mean colour is zero to the network.' }),
  trim: z.boolean().default(false).meta({ title: 'Trim tubes' }),
  tubes: z.enum(['placed', 'own']).default('placed').meta({
    title: 'Tubes',
    description:
      "Placed on what they name, or each attribute's own, which is also what models without presence give. Tubes by max, the paper's rule, are always their own.",
  }),
  onlyCorrect: z.boolean().default(false).meta({ title: 'Only correctly classified clips' }),
  baselines: z
    .array(
      z.enum([
        ...(['randomTube', 'trueTube', 'centreCrop', 'actorTube', 'gradCam', 'gradCamDifference'] as const),
        ...(['saliencyTube', 'saliencyDifference', 'gradientInput', 'occlusion', 'positiveOnly'] as const),
      ]),
    )
    .default(['randomTube', 'trueTube'])
    .meta({ title: 'Baselines' }),
  baselineAttribute: z.enum(['random', 'prior', 'presence']).default('random').meta({
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
