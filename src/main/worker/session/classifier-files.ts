import * as tf from '@tensorflow/tfjs'
import { ClassifierConfig } from '@shared/config/classifier'
import { MetricPoint } from '@shared/contract/learning'
import { z } from 'zod'
import { type WeightArray, type Weights, writeSafetensors } from '@main/learning/checkpoint/safetensors'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import { FileHashes, damaged, hasFile, readAbout, saveModel, weightsIn } from './model-folder'

const Colour = z.tuple([z.number(), z.number(), z.number()])

/** model.json beside the weights: how to build the network around them. */
const ClassifierFile = z.object({
  format: z.literal(1),
  kind: z.literal('c3d-resnet'),
  config: ClassifierConfig,
  /** Names, in the order of the outputs. */
  classes: z.array(z.string()),
  scale: z.object({ mean: Colour, deviation: Colour }),
  epoch: z.int(),
  /** On the videos that the epoch was chosen on; null where it was the last. */
  validationAccuracy: z.number().nullable().default(null),
  /** What was measured up to here, where training is to go on from it. */
  curve: z.array(MetricPoint).default([]),
  sha256: FileHashes,
})

export interface ClassifierState {
  epoch: number
  validationAccuracy: number | null
}

/** Saves a classifier, with the optimiser's state where training is to go on from it. */
export function saveClassifier(
  folder: string,
  model: C3dResnet,
  {
    classes,
    optimizer,
    ...state
  }: ClassifierState & {
    classes: readonly string[]
    optimizer?: ReadonlyMap<string, WeightArray>
    curve?: readonly MetricPoint[]
  },
): void {
  const about = { format: 1, kind: 'c3d-resnet', config: model.config, classes, scale: model.scale, ...state }
  const weights: Weights = new Map(
    model.variables().map(({ name, variable }) => {
      return [name, { shape: variable.shape, values: variable.dataSync<'float32'>().slice() }]
    }),
  )
  saveModel(folder, about, {
    'weights.safetensors': writeSafetensors(weights),
    ...(optimizer ? { 'optimizer.safetensors': writeSafetensors(optimizer) } : {}),
  })
}

/** Builds a saved classifier; the caller disposes of it. Throws Failure RUN_DAMAGED where a file is missing, changed or does not fit. */
export function loadClassifier(folder: string): ClassifierState & {
  model: C3dResnet
  optimizer: ReadonlyMap<string, WeightArray>
  curve: readonly MetricPoint[]
} {
  const { config, classes, scale, sha256, ...state } = readAbout(folder, ClassifierFile)
  const weights = weightsIn(folder, 'weights.safetensors', sha256)
  const optimizer = optimizerIn(folder, sha256)
  const model = new C3dResnet(config, classes.length, scale)
  for (const { name, variable } of model.variables()) {
    const found = weights.get(name)
    if (!found) throw damaged(folder, 'weights.safetensors', `it has no weights for ${name}`)
    tf.tidy(() => variable.assign(tf.tensor(found.values, [...found.shape]) as typeof variable))
  }
  return { model, optimizer, ...state }
}

/** Empty where training was not to go on from here. */
function optimizerIn(folder: string, hashes: z.infer<typeof FileHashes>): Weights {
  const name = 'optimizer.safetensors'
  return hashes[name] !== undefined || hasFile(folder, name) ? weightsIn(folder, name, hashes) : new Map()
}

/** True where a whole saved classifier is. */
export function hasClassifier(folder: string): boolean {
  return hasFile(folder, 'model.json')
}
