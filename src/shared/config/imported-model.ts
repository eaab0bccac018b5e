import { z } from 'zod'
import { choice } from './choice'
import { TapGeometry } from '@shared/tap-geometry'
import { ClassifierConfig } from './classifier'

/** Named ways from a pixel to what a network takes: (value / 255 - mean) / deviation, RGB. */
const scales = {
  '0..1': { mean: [0, 0, 0], deviation: [1, 1, 1] },
  '-1..1': { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  '0..255': { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] },
  imagenet: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  kinetics: { mean: [0.432_16, 0.394_666, 0.376_45], deviation: [0.228_03, 0.221_45, 0.216_989] },
} as const

const outputWords = { logits: 'logits', probabilities: 'probabilities', sigmoid: 'sigmoid per class' }

export const OutputKind = choice(outputWords)
export type OutputKind = z.infer<typeof OutputKind>

/** How somebody else's model is used as the classifier that is explained. */
export const ImportedModelSettings = z.object({
  taps: z.array(z.string()).max(4).default([]).meta({
    title: 'Feature maps',
    description: 'Layers whose outputs are h(x), the last one first; the proposed ones when left out.',
  }),
  scale: choice({
    auto: 'as the file says',
    '0..1': '0 to 1',
    '-1..1': '−1 to 1',
    '0..255': '0 to 255',
    imagenet: 'ImageNet',
    kinetics: 'Kinetics',
    custom: 'own mean and deviation',
  })
    .default('auto')
    .meta({
      title: 'Pixel scale',
      description:
        'What the model takes for pixels; imagenet and kinetics subtract the mean colour of those data sets. Auto takes what the file says, else 0..1.',
    }),
  mean: z
    .array(z.number())
    .length(3)
    .default([0, 0, 0])
    .meta({ title: 'Mean colour', description: 'RGB, 0 to 1, subtracted first. For a scale of its own.' }),
  deviation: z
    .array(z.number().gt(0))
    .length(3)
    .default([1, 1, 1])
    .meta({ title: 'Deviation', description: 'RGB, divided by then. For a scale of its own.' }),
  output: choice({ auto: 'as the file says', ...outputWords })
    .default('auto')
    .meta({
      title: 'Output',
      description: 'What the model puts out per class; auto reads it from the file, else looks whether it sums to 1.',
    }),
  classOutput: z.string().default('').meta({
    title: 'Output of the classes',
    description: 'Name of the output that holds a value per class, where there are several.',
  }),
  frames: z.int().min(0).max(256).default(0).meta({
    title: 'Frames',
    description: 'Frames of a clip, for a model that leaves them open; 0 takes what the file says.',
  }),
  size: z.int().min(0).max(1024).default(0).meta({
    title: 'Picture size',
    unit: 'px',
    description: 'Side of its pictures, for a model that leaves it open; 0 takes what the file says.',
  }),
  stride: ClassifierConfig.shape.stride,
  shortVideos: ClassifierConfig.shape.shortVideos,
})
export type ImportedModelSettings = z.infer<typeof ImportedModelSettings>

/** The configuration of such a run: its settings, and what was found out about the model once. */
export const ImportedModelConfig = ImportedModelSettings.extend({
  kind: z.literal('imported'),
  /** The file it was copied from. */
  source: z.string(),
  format: choice({
    'layers-model': 'TensorFlow.js layers model',
    'graph-model': 'TensorFlow.js graph model',
    onnx: 'ONNX',
  }),
  size: z.int(),
  frames: z.int(),
  output: OutputKind,
  /** It has gradients of its classes with respect to the clip; models of before had them where their layers had. */
  gradient: z.boolean().default(true),
  /** The taps with their places, which were found by experiment. */
  maps: z.array(TapGeometry),
})
export type ImportedModelConfig = z.infer<typeof ImportedModelConfig>

type Colour = [number, number, number]

/** Pixels to input as the settings say. */
export function pixelScale({ scale, mean, deviation }: Pick<ImportedModelSettings, 'scale' | 'mean' | 'deviation'>): {
  mean: Colour
  deviation: Colour
} {
  const chosen = scale === 'custom' ? { mean, deviation } : scales[scale === 'auto' ? '0..1' : scale]
  return { mean: [...chosen.mean] as Colour, deviation: [...chosen.deviation] as Colour }
}

/** The configuration of a model that was brought in; null for anything else. */
export function importedConfig(config: unknown): ImportedModelConfig | null {
  const parsed = ImportedModelConfig.safeParse(config)
  return parsed.success ? parsed.data : null
}

/** The configuration of a network that was trained here; null for a model that was brought in. */
export function trainedConfig(config: unknown): ClassifierConfig | null {
  if (typeof config === 'object' && config !== null && 'kind' in config) return null
  const parsed = ClassifierConfig.safeParse(config)
  return parsed.success ? parsed.data : null
}
