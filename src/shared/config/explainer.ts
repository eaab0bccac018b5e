import { z } from 'zod'
import { choice } from './choice'
import { Layer } from './layer'

/** The explanation model (Kanehira et al. 2019, sections 3.3 to 3.6). Terms as in docs/method.md. */
export const ExplainerConfig = z.object({
  objective: choice({ min: 'minimal tube', mean: 'mean of the map', max: 'maximal tube' }).default('min').meta({
    title: 'Objective',
    description:
      'What stands for a map in the loss: the minimal tube (paper), the mean, or the maximal tube (for teaching, gives wrong explanations).',
  }),
  posSampling: choice({
    model: 'from p(c|x)',
    argmax: 'likeliest class',
    label: 'label',
    enumerate: 'each of the likeliest',
  })
    .default('model')
    .meta({
      title: 'Class A is drawn',
      description: 'From p(c|x) (paper), its largest class, the label, or each of the likeliest classes by its weight.',
    }),
  posTop: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .meta({ title: 'Likeliest classes', description: 'How many, where class A is each of the likeliest.' }),
  featureScale: choice({ channel: 'per channel', none: 'none' }).default('channel').meta({
    title: 'Feature scale',
    description: 'Divide each channel by its standard deviation over the training clips; never centred.',
  }),
  featurePooling: z
    .union([z.literal(1), z.literal(2)])
    .default(1)
    .meta({
      title: 'Feature pooling',
      description: 'Average the features 2x2 first, for objects larger than three cells.',
    }),
  optimizer: choice({ adam: 'Adam', sgd: 'SGD' }).default('adam').meta({ title: 'Optimiser' }),
  learningRate: z.number().gt(0).max(10).default(0.01).meta({ title: 'Learning rate' }),
  momentum: z.number().min(0).max(0.999).default(0.9).meta({ title: 'Momentum', description: 'For SGD.' }),
  weightDecay: z.number().min(0).max(0.1).default(0).meta({ title: 'Weight decay' }),
  clipNorm: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .meta({ title: 'Gradient clipping', description: 'Largest gradient norm; 0 turns it off.' }),
  warmup: z.number().min(0).max(0.5).default(0.1).meta({ title: 'Warm-up', unit: 'share of steps' }),
  schedule: choice({ constant: 'constant', cosine: 'cosine', step: 'in steps' })
    .default('cosine')
    .meta({ title: 'Schedule' }),
  batch: z.int().min(1).max(256).default(16).meta({ title: 'Batch', unit: 'clips' }),
  steps: z.int().min(1).max(100_000).default(150).meta({ title: 'Steps' }),
  clips: z.int().min(0).default(400).meta({
    title: 'Training clips',
    description: 'Largest number of training clips whose features are cached; 0 for all.',
  }),
  movement: z.int().min(0).max(3).default(1).meta({
    title: 'Movement',
    unit: 'cells per frame',
    description: 'How far a tube may move from one frame to the next.',
  }),
  link: choice({ fixed: 'one per tube', free: 'free in each frame', neighbour: 'to a neighbour only' })
    .default('fixed')
    .meta({
      title: 'Scale and shape along a tube',
      description: 'One per tube, free in each frame, or changing to a neighbour only.',
    }),
  presence: z.boolean().default(true).meta({
    title: 'Presence',
    description:
      'Also learn from the labels which attributes a clip shows: names what is in this clip where clips of one class differ, and places tubes on it.',
  }),
  nearTie: z.number().min(0).max(1).default(0.25).meta({
    title: 'Near tie',
    unit: 'share',
    description:
      'Attributes this near to the best, as a share of its lead over the mean, are ordered by presence; 0 orders only equals.',
  }),
  featurePrecision: choice({ fp32: '32 bit', fp16: '16 bit' })
    .default('fp16')
    .meta({ title: 'Feature cache', description: 'Precision of the features on disk.' }),
  falseEvidence: z.number().min(0).max(0.5).default(0.05).meta({
    title: 'False evidence',
    unit: 'share of questions',
    description:
      'How many questions without evidence may get a confident card; the level of evidence is found from it on training pairs.',
  }),
  layer: Layer,
  bySureness: z.boolean().default(false).meta({
    title: 'Weigh by confidence',
    description:
      'In both losses (kernels and presence) each label counts as much as its layer is sure of it, 0 to 1; all count 1 otherwise.',
  }),
  seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
  memoryBudget: z.number().min(64).max(1_000_000).default(2000).meta({ title: 'Memory budget', unit: 'MB' }),
})
export type ExplainerConfig = z.infer<typeof ExplainerConfig>
export type ExplainerSettings = z.input<typeof ExplainerConfig>

export const explainerPresets = {
  Recommended: { description: 'Adam on scaled features; seconds on two cores.', settings: {} },
  Paper: {
    description: "The paper's SGD on raw features, with warm-up and clipping; says when it diverges.",
    settings: { optimizer: 'sgd', learningRate: 0.1, weightDecay: 0.001, batch: 30, featureScale: 'none', clipNorm: 1 },
  },
} as const satisfies Record<string, { description: string; settings: ExplainerSettings }>

/** How an explanation is picked and drawn; recorded with every answer. */
export const ExplainOptions = z.object({
  select: choice({ min: 'minimal tube', max: 'maximal tube' }).default('min').meta({
    title: 'Rank by',
    description:
      'The minimal tube is what training pushes up (recommended), the maximal tube the rule of the paper (eq. 9).',
  }),
  trim: z
    .boolean()
    .default(false)
    .meta({ title: 'Trim', description: 'Shorten the tube by searching the map minus (max + median) / 2.' }),
  tubes: choice({
    placed: 'placed tubes',
    own: 'own tubes',
    exclude: 'tubes apart',
    iterate: 'what must go for B?',
    whole: 'whole video',
  })
    .default('placed')
    .meta({
      title: 'Several tubes',
      description:
        "Each placed on what it names (own where the model has no presence); each attribute's own; without the cells of earlier tubes; mask the first, predict again and ask again; or through the whole video in one search.",
    }),
  maxTubes: z
    .int()
    .min(1)
    .max(10)
    .default(4)
    .meta({ title: 'Most tubes', description: 'For masking and asking again.' }),
})
export type ExplainOptions = z.infer<typeof ExplainOptions>
