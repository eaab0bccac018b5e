import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { ClassifierConfig } from '@shared/config/classifier'
import { z } from 'zod'
import {
  type WeightArray,
  type Weights,
  readSafetensors,
  writeSafetensors,
} from '@main/learning/checkpoint/safetensors'
import { replaceFolder, standing } from '@main/files/write-whole'
import { C3dResnet } from '@main/learning/target/c3d-resnet'

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
})

export interface ClassifierState {
  epoch: number
  validationAccuracy: number | null
}

/** Puts a folder of these files in the place of another one; see `replaceFolder`. */
export function replaceFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  replaceFolder(folder, (beside) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(beside, name), content, { flush: true })
  })
}

/** Saves a classifier, with the optimiser's state where training is to go on from it. */
export function saveClassifier(
  folder: string,
  model: C3dResnet,
  {
    classes,
    optimizer,
    ...state
  }: ClassifierState & { classes: readonly string[]; optimizer?: ReadonlyMap<string, WeightArray> },
): void {
  const about = { format: 1, kind: 'c3d-resnet', config: model.config, classes, scale: model.scale, ...state }
  const weights: Weights = new Map(
    model.variables().map(({ name, variable }) => {
      return [name, { shape: variable.shape, values: variable.dataSync<'float32'>().slice() }]
    }),
  )
  replaceFiles(folder, {
    'model.json': `${JSON.stringify(about, null, 2)}\n`,
    'weights.safetensors': writeSafetensors(weights),
    ...(optimizer ? { 'optimizer.safetensors': writeSafetensors(optimizer) } : {}),
  })
}

/** Builds a saved classifier; the caller disposes of it. Throws Error where a file is missing or does not fit. */
export function loadClassifier(folder: string): ClassifierState & {
  model: C3dResnet
  optimizer: ReadonlyMap<string, WeightArray>
} {
  const about = ClassifierFile.parse(JSON.parse(readFileSync(standing(folder, 'model.json'), 'utf8')))
  const { config, classes, scale, epoch, validationAccuracy } = about
  const model = new C3dResnet(config, classes.length, scale)
  const weights = readWeights(standing(folder, 'weights.safetensors'))
  for (const { name, variable } of model.variables()) {
    const found = weights.get(name)
    if (!found) throw new Error(`${folder} has no weights for ${name}`)
    tf.tidy(() => variable.assign(tf.tensor(found.values, [...found.shape]) as typeof variable))
  }
  const file = standing(folder, 'optimizer.safetensors')
  const optimizer = existsSync(file) ? readWeights(file) : new Map<string, WeightArray>()
  return { model, optimizer, epoch, validationAccuracy }
}

/** The arrays of a weights file. */
export function readWeights(file: string): Weights {
  // A Buffer's own slice shares memory, so the reader gets plain bytes.
  return readSafetensors(new Uint8Array(readFileSync(file))).weights
}

/** True where a whole saved classifier is. */
export function hasClassifier(folder: string): boolean {
  return existsSync(standing(folder, 'model.json'))
}
