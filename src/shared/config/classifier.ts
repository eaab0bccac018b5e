import { z } from 'zod'
import { choice } from './choice'

/**
 * The target classifier p(c|x): C3D-ResNet with nine 3-D convolutions (Kanehira et al. 2019, section 4.2).
 * `title`, `description`, `unit`, bounds and default of each field make the form, the command line and the docs.
 */
export const ClassifierConfig = z.object({
  size: z
    .int()
    .min(16)
    .max(448)
    .default(112)
    .meta({ title: 'Picture size', unit: 'px', description: 'Side of the square the network sees.' }),
  frames: z
    .int()
    .min(2)
    .max(64)
    .default(16)
    .meta({ title: 'Frames', unit: 'frames', description: 'Sampled frames in one clip.' }),
  stride: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .meta({ title: 'Stride', unit: 'frames', description: 'Source frames from one sampled frame to the next.' }),
  shortVideos: choice({ reflect: 'forth and back', loop: 'from the start again' })
    .default('reflect')
    .meta({ title: 'Short videos', description: 'How a video with fewer frames than a clip is filled.' }),
  stem: z
    .int()
    .min(1)
    .max(512)
    .default(64)
    .meta({ title: 'Stem width', unit: 'channels', description: 'Channels of the first convolution.' }),
  widths: z
    .array(z.int().min(1).max(1024))
    .length(4)
    .default([64, 128, 256, 512])
    .meta({ title: 'Widths', unit: 'channels', description: 'Channels of the four residual blocks.' }),
  poolAfter: z
    .array(choice({ stem: 'stem', block1: 'block 1', block2: 'block 2', block3: 'block 3' }))
    .default(['stem', 'block1', 'block2'])
    .meta({ title: 'Pool after', description: '2x2 max pooling in space after these stages; time is never pooled.' }),
  fcLayers: z
    .int()
    .min(1)
    .max(3)
    .default(1)
    .meta({ title: 'Fully connected layers', description: "1 to 3, the paper's Table 4." }),
  fcWidth: z
    .int()
    .min(8)
    .max(4096)
    .default(256)
    .meta({ title: 'Width of hidden fully connected layers', unit: 'units' }),
  head: choice({ mean: 'mean over space and time', flatten: 'flattened map' }).default('mean').meta({
    title: 'Head',
    description: 'Mean over space and time, or the flattened map, before the fully connected layer.',
  }),
  taps: z
    .union([z.literal(2), z.literal(4)])
    .default(2)
    .meta({
      title: 'Explained layers',
      unit: 'convolutions',
      description:
        'The last two (paper) or the last four, which the explanation model reads: features take twice the room, and it tells variants within a class better.',
    }),
  classes: z.array(z.string()).max(10_000).default([]).meta({
    title: 'Classes',
    description:
      'Names of the classes it tells apart; all of the project when left out. Videos of others are left out.',
  }),
  classWeights: choice({ none: 'each video the same', balanced: 'each class the same' }).default('none').meta({
    title: 'Class weights',
    description:
      'What counts the same in the loss: each video, or each class, however many training videos it has (balanced).',
  }),
  validation: z.number().min(0).max(0.5).default(0.1).meta({
    title: 'Validation',
    unit: 'share of training videos',
    description:
      'Put aside, whole groups at a time, to choose the epoch that is kept; with 0, or too few, the last one is kept.',
  }),
  epochs: z.int().min(1).max(1000).default(30).meta({ title: 'Epochs' }),
  batch: z.int().min(1).max(512).default(64).meta({
    title: 'Batch',
    unit: 'clips',
    description: 'Clips per optimiser step; cut into parts that fit the memory budget.',
  }),
  optimizer: choice({ sgd: 'SGD', adam: 'Adam' }).default('sgd').meta({ title: 'Optimiser' }),
  learningRate: z.number().gt(0).max(10).default(0.1).meta({ title: 'Learning rate' }),
  momentum: z.number().min(0).max(0.999).default(0.9).meta({ title: 'Momentum', description: 'For SGD.' }),
  weightDecay: z
    .number()
    .min(0)
    .max(0.1)
    .default(0.001)
    .meta({ title: 'Weight decay', description: 'Not applied to batch norm and biases.' }),
  warmup: z.number().min(0).max(0.5).default(0.1).meta({ title: 'Warm-up', unit: 'share of steps' }),
  schedule: choice({ constant: 'constant', cosine: 'cosine', step: 'in steps' })
    .default('cosine')
    .meta({ title: 'Schedule' }),
  clipNorm: z.number().min(0).max(1000).default(0).meta({
    title: 'Gradient clipping',
    description: 'Largest gradient norm; 0 turns it off. More than one fully connected layer wants 1.',
  }),
  flip: z.boolean().default(true).meta({
    title: 'Flips',
    description: 'Mirror clips at random; refused when an attribute is marked left or right.',
  }),
  crop: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .meta({ title: 'Random crop', unit: 'share', description: 'Largest share of a side cut away at random.' }),
  erase: z.number().min(0).max(1).default(0).meta({
    title: 'Tube erasing',
    unit: 'probability',
    description:
      'Fills a tube with the mean colour; an attribute that is covered relabels the clip where that class exists (ShapeActs).',
  }),
  testWindows: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .meta({ title: 'Test windows', description: 'Evenly spaced windows whose probabilities are averaged.' }),
  seed: z.int().min(0).default(0).meta({ title: 'Seed' }),
  memoryBudget: z
    .number()
    .min(256)
    .max(1_000_000)
    .default(4000)
    .meta({ title: 'Memory budget', unit: 'MB', description: 'A batch is cut into parts that stay below it.' }),
})
export type ClassifierConfig = z.infer<typeof ClassifierConfig>
export type ClassifierSettings = z.input<typeof ClassifierConfig>

/** The small network of the sample data, and how it is trained. */
const shapeActs = {
  stem: 8,
  widths: [8, 16, 32, 32],
  batch: 16,
  learningRate: 0.1,
  weightDecay: 1e-3,
  erase: 0.5,
  flip: true,
} as const

/** Named starting points; `Custom` is any of them with changes. */
export const classifierPresets = {
  Quick: {
    description: 'Small network at 64x64 for two processor cores.',
    settings: { size: 64, stem: 8, widths: [8, 16, 32, 32], epochs: 6, batch: 16, erase: 0 },
  },
  Tour: {
    description: 'For ShapeActs: the small network, trained with erased tubes; a minute on two cores.',
    settings: { ...shapeActs, size: 64, poolAfter: ['stem', 'block1', 'block2'], epochs: 6 },
  },
  Grid14: {
    description:
      'Small network at 112x112 with a grid of 14x14 cells, for objects of two to three cells of 8 px; begun from the same network trained at 64x64 five epochs are enough.',
    settings: { ...shapeActs, size: 112, poolAfter: ['stem', 'block1', 'block2'], epochs: 9 },
  },
  Grid7: {
    description: 'Small network at 112x112 with a grid of 7x7 cells, for objects of two to three cells of 16 px.',
    settings: { ...shapeActs, size: 112, poolAfter: ['stem', 'block1', 'block2', 'block3'], epochs: 7 },
  },
  Paper: {
    description: "The paper's network and optimiser at 112x112; wants a GPU.",
    settings: {},
  },
} as const satisfies Record<
  string,
  { description: string; settings: ClassifierSettings | Readonly<Record<string, unknown>> }
>
