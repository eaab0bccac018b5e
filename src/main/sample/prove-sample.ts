import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import { checkCounterfactuality } from '../evaluation/counterfactual-checks'
import { evaluate, type EvaluationClip, type EvaluationInput, type EvaluationResult } from '../evaluation/evaluate'
import { featuresOf, inputOf } from '../explanation/classify'
import type { ClipSource } from '../learning/clip-source'
import type { ClipFeatures } from '../learning/explainer/clip-features'
import { newExplainer } from '../learning/explainer/explainer-model'
import { trainExplainer } from '../learning/explainer/train-explainer'
import { C3dResnet } from '../learning/target/c3d-resnet'
import type { TargetClassifier } from '../learning/target/target-classifier'
import { trainClassifier } from '../learning/target/train-classifier'
import { relabelFor, sampleSource } from './shape-acts'

export interface SampleProof {
  seconds: number
  testAccuracy: number
  testConfidence: number
  method: EvaluationResult['columns']
  trimmed: EvaluationResult['columns']
  randomisedExplainer: EvaluationResult['columns']
  randomisedNetwork: EvaluationResult['columns']
  checks: Awaited<ReturnType<typeof checkCounterfactuality>>
}

const window = { kind: 'window', index: 0, of: 1 } as const

/** The method on a trained network: classifier, explainer and every measurement of one seed, without a project. */
export async function proveSample(
  settings: Partial<SampleConfig> & { seed: number },
  say: (line: string) => void,
): Promise<SampleProof> {
  const from = performance.now()
  const { seed } = settings
  const sample = SampleConfig.parse(settings)
  const [train, test] = [sampleSource(sample, 'train'), sampleSource(sample, 'test')]
  const classifier = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed })
  const { model, accuracy } = await trainClassifier({
    config: classifier,
    train,
    test,
    relabel: relabelFor(sample),
    onProgress: (done, total) => {
      if (done === total) say(`seed ${seed}: classifier trained`)
    },
  })
  const network = new C3dResnet({ ...classifier, seed: seed + 1000 }, train.classes, model.scale)
  try {
    const config = ExplainerConfig.parse({ seed })
    const explainer = await explainerFor(model, train, config)
    say(`seed ${seed}: explainer trained`)
    const input = evaluationOf(model, { explainer, train, test, config })
    const measured = await evaluate(input)
    const { taps, frames, classes, attributes } = explainer
    const scales = explainer.weights.map(({ scale }) => scale)
    const untrained = newExplainer({ taps, frames, classes, attributes }, { ...config, seed: seed + 1000 }, scales)
    return {
      testAccuracy: accuracy.accuracy,
      testConfidence: measured.confidence,
      method: measured.columns,
      trimmed: (await evaluate({ ...input, config: { ...input.config, trim: true } })).columns,
      randomisedExplainer: (await evaluate({ ...input, explainer: untrained })).columns,
      randomisedNetwork: (await evaluate({ ...input, target: network })).columns,
      checks: await checkCounterfactuality({ ...input, clips: { ...input.clips, count: 80 } }),
      seconds: (performance.now() - from) / 1000,
    }
  } finally {
    model.dispose()
    network.dispose()
  }
}

async function explainerFor(target: TargetClassifier, train: ClipSource, config: ExplainerConfig) {
  const count = Math.min(train.count, config.clips)
  const features: ClipFeatures[] = []
  for (let from = 0; from < count; from += 16) {
    const indices = Array.from({ length: Math.min(16, count - from) }, (_, i) => from + i)
    const inputs = await Promise.all(indices.map(async (i) => inputOf(target, await pixelsOf(train, i))))
    features.push(...featuresOf(target, inputs))
  }
  const { model } = await trainExplainer({
    config,
    shape: { taps: target.taps, frames: target.frames, classes: target.classes, attributes: train.attributes },
    features: {
      count,
      get: (i) => {
        const found = features[i]
        return found ? Promise.resolve(found) : Promise.reject(new RangeError(`there is no clip ${i}`))
      },
    },
    label: (i) => train.label(i),
    assigned: (i) => train.assigned(i),
  })
  return model
}

function evaluationOf(
  target: TargetClassifier,
  about: Pick<EvaluationInput, 'explainer'> & { train: ClipSource; test: ClipSource; config: ExplainerConfig },
): EvaluationInput {
  const { explainer, train, test, config } = about
  return {
    target,
    explainer,
    clips: { count: test.count, get: (i) => evaluationClip(test, i) },
    reference: Array.from({ length: train.count }, (_, i) => ({ label: train.label(i), assigned: train.assigned(i) })),
    config: EvaluationConfig.parse({ pairs: 'remove1', seed: config.seed }),
    search: { movement: config.movement, link: config.link },
  }
}

async function evaluationClip(source: ClipSource, i: number): Promise<EvaluationClip> {
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
