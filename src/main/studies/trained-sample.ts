import type { ClassifierConfig } from '@shared/config/classifier'
import { join } from 'node:path'
import { EvaluationConfig } from '@shared/config/evaluation'
import type { ExplainerConfig } from '@shared/config/explainer'
import type { SampleConfig } from '@shared/config/sample'
import type { EvaluationClip, EvaluationInput } from '@main/evaluation/evaluate'
import { featuresOf, inputOf } from '@main/explanation/classify'
import type { ClipSource } from '@main/learning/clip-source'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { featureKey } from '@main/learning/explainer/feature-cache'
import { trainExplainer } from '@main/learning/explainer/train-explainer'
import type { C3dResnet } from '@main/learning/target/c3d-resnet'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { measureAccuracy } from '@main/learning/target/measure-accuracy'
import { trainClassifier } from '@main/learning/target/train-classifier'
import { hasClassifier, loadClassifier, saveClassifier } from '@main/worker/session/classifier-files'
import { relabelFor, sampleSource } from '@main/sample/shape-acts'

const window = { kind: 'window', index: 0, of: 1 } as const

/** Clips in one forward pass: at the paper's width one takes some 150 MB. */
const atOnce = 4

/** A classifier of ShapeActs straight from drawn pixels, with the clips that it was trained and tested on. */
export interface SampleClassifier {
  model: C3dResnet
  accuracy: number
  train: ClipSource
  test: ClipSource
}

/** Trains a classifier on ShapeActs without a project. The caller disposes of the model. */
export async function trainSampleClassifier(
  sample: SampleConfig,
  config: ClassifierConfig,
  start?: C3dResnet,
): Promise<SampleClassifier> {
  const [train, test] = [sampleSource(sample, 'train'), sampleSource(sample, 'test')]
  const { model } = await trainClassifier({ config, train, start, relabel: relabelFor(sample) })
  return { model, accuracy: await testAccuracyOf(model, test, config), train, test }
}

async function testAccuracyOf(model: C3dResnet, test: ClipSource, { testWindows }: ClassifierConfig): Promise<number> {
  return (await measureAccuracy(model, test, { windows: testWindows, batch: atOnce })).accuracy
}

/** The same, or the one that such a training left in a folder: what is not there is trained and left there. */
export async function keptSampleClassifier(
  sample: SampleConfig,
  config: ClassifierConfig,
  keep: string | null,
): Promise<SampleClassifier> {
  if (!keep) return trainSampleClassifier(sample, config)
  const folder = join(keep, `classifier-${featureKey({ sample, config })}`)
  const [train, test] = [sampleSource(sample, 'train'), sampleSource(sample, 'test')]
  if (hasClassifier(folder)) {
    const { model } = loadClassifier(folder)
    return { model, accuracy: await testAccuracyOf(model, test, config), train, test }
  }
  const trained = await trainSampleClassifier(sample, config)
  const classes = Array.from({ length: train.classes }, (_, c) => `class ${c}`)
  saveClassifier(folder, trained.model, { classes, epoch: config.epochs, validationAccuracy: null })
  return trained
}

/** What an explanation model is taught of clips, where it is not what the data set says. */
export interface SampleTeaching {
  /** Kernels that are trained already: only their presence is taught. */
  trained?: ExplainerModel
  attributes: number
  assigned(i: number): readonly number[]
}

/** Any classifier with the clips of ShapeActs that its explanation model learns from. */
export interface TaughtClips {
  model: TargetClassifier
  train: ClipSource
}

/** Trains an explanation model of a classifier of ShapeActs, on features kept in memory. */
export async function trainSampleExplainer(classifier: TaughtClips, config: ExplainerConfig): Promise<ExplainerModel> {
  const { train } = classifier
  const features = await sampleFeatures(classifier, config)
  return teachSample(classifier, config, {
    features,
    attributes: train.attributes,
    assigned: (i) => train.assigned(i),
  })
}

/** What the classifier sees of the clips that its explanation model is trained on. */
export async function sampleFeatures(
  { model: target, train }: TaughtClips,
  config: ExplainerConfig,
): Promise<ClipFeatures[]> {
  const count = config.clips > 0 ? Math.min(train.count, config.clips) : train.count
  const features: ClipFeatures[] = []
  for (let from = 0; from < count; from += atOnce) {
    const indices = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => from + i)
    const inputs = await Promise.all(indices.map(async (i) => inputOf(target, await pixelsOf(train, i))))
    features.push(...(await featuresOf(target, inputs)))
  }
  return features
}

export async function teachSample(
  { model: target, train }: TaughtClips,
  config: ExplainerConfig,
  { features, attributes, assigned, trained }: SampleTeaching & { features: readonly ClipFeatures[] },
): Promise<ExplainerModel> {
  const { taps, frames, classes } = target
  const { model } = await trainExplainer({
    ...{ config, trained, assigned },
    shape: { taps, frames, classes, attributes },
    features: {
      count: features.length,
      get: (i) => {
        const found = features[i]
        return found ? Promise.resolve(found) : Promise.reject(new RangeError(`there is no clip ${i}`))
      },
    },
    label: (i) => train.label(i),
  })
  return model
}

/** What an evaluation of the two needs: remove-1 pairs of the test clips unless the settings say otherwise. */
export function sampleEvaluation(
  { model, train, test }: Omit<SampleClassifier, 'model'> & { model: TargetClassifier },
  explainer: ExplainerModel,
  { config, settings }: { config: ExplainerConfig; settings?: Partial<EvaluationConfig> },
): EvaluationInput {
  return {
    target: model,
    explainer,
    clips: { count: test.count, get: (i) => sampleClip(test, i) },
    reference: Array.from({ length: train.count }, (_, i) => ({ label: train.label(i), assigned: train.assigned(i) })),
    config: EvaluationConfig.parse({ pairs: 'remove1', seed: config.seed, ...settings }),
    search: { movement: config.movement, link: config.link },
  }
}

async function sampleClip(source: ClipSource, i: number): Promise<EvaluationClip> {
  const tubes = source.tubes?.(i, window) ?? []
  return {
    video: `clip ${i}`,
    label: source.label(i),
    assigned: source.assigned(i),
    pixels: await pixelsOf(source, i),
    truth: new Map(tubes.map(({ attribute, boxes }) => [attribute, boxes.map((box) => (box ? [box] : []))])),
    actor: null,
  }
}

async function pixelsOf(source: ClipSource, i: number): Promise<Uint8Array> {
  return (await source.read([i], window)).pixels
}
