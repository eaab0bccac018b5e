import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig, type ExplainerSettings } from '@shared/config/explainer'
import { checkCounterfactuality } from '@main/evaluation/counterfactual-checks'
import { evaluate, type EvaluationInput, type EvaluationResult } from '@main/evaluation/evaluate'
import type { MethodName } from '@main/evaluation/outcome-row'
import { randomisedExplainer } from '@main/evaluation/sanity'
import { featuresOf, inputOf } from '@main/explanation/classify'
import type { Weights } from '@main/learning/checkpoint/safetensors'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import { type ExplainerModel, explainerOf, type ExplainerShape } from '@main/learning/explainer/explainer-model'
import { trainExplainer } from '@main/learning/explainer/train-explainer'
import { GlassBox } from './glass-box'
import { t0Attributes, type T0Clip, t0Clip, t0Frames } from './t0-clips'

/** Measured on one seed; the bounds of each stand in `proofBounds`. */
export interface ProofMetrics {
  rightAttribute: number
  conceptTop1: number
  ncaTop1: number
  randomNcaTop1: number
  ncaTop3: number
  probabilityDecrease: number
  tubeIou: number
  trueTubeNcaTop1: number
  randomTubeIou: number
  selectByMaxRight: number
  supersetAuc: number
  distractorDrop: number
  swapChanges: number
  otherFeaturesRight: number
  randomisedRightAttribute: number
  randomisedTubeIou: number
  otherNetworkTubeIou: number
}

export interface T0Options {
  seed: number
  train?: number
  test?: number
  settings?: ExplainerSettings
  context?: boolean
  /** Weights of an explainer already trained; it is not trained again. */
  weights?: Weights
  signal?: AbortSignal
}

/** A trained explainer of the glass box, with the clips that it is measured on. */
export interface T0Run {
  target: GlassBox
  explainer: ExplainerModel
  input: EvaluationInput
}

/** Trains an explanation model of T0's glass box. The caller disposes of the target. */
export async function runT0(options: T0Options): Promise<T0Run> {
  const { seed, train = 320, test = 96, settings = {}, context = true, weights, signal } = options
  const target = new GlassBox({ context, seed })
  const trainClips = Array.from({ length: train }, (_, i) => t0Clip(seed, 'train', i))
  const testClips = Array.from({ length: test }, (_, i) => t0Clip(seed, 'test', i))
  const config = ExplainerConfig.parse({ seed, ...settings })
  const shape = { taps: target.taps, frames: t0Frames, classes: target.classes, attributes: t0Attributes() }
  const model = weights
    ? explainerOf(shape, config, weights)
    : await trained(target, trainClips, { config, shape, signal })
  return { target, explainer: model, input: t0Evaluation(target, model, { config, trainClips, testClips, signal }) }
}

async function trained(
  target: GlassBox,
  clips: readonly T0Clip[],
  { config, shape, signal }: { config: ExplainerConfig; shape: ExplainerShape; signal?: AbortSignal },
): Promise<ExplainerModel> {
  const features = await t0Features(target, clips)
  const { model } = await trainExplainer({
    config,
    shape,
    features: { count: clips.length, get: (i) => Promise.resolve(at(features, i)) },
    label: (i) => at(clips, i).label,
    assigned: (i) => at(clips, i).assigned,
    signal,
  })
  return model
}

/** Everything of one seed: the method, its baselines, and what must not work. */
export async function proveOn(options: T0Options): Promise<ProofMetrics> {
  const { target, explainer, input } = await runT0(options)
  const other = new GlassBox({ context: options.context ?? true, seed: options.seed + 1000 })
  try {
    const measured = await evaluate(input)
    const checks = await checkCounterfactuality(input)
    const randomised = await evaluate({ ...input, explainer: randomisedExplainer(explainer, options.seed) })
    const network = await evaluate({ ...input, target: other })
    return {
      ...methodMetrics(measured),
      supersetAuc: checks.supersetAuc ?? NaN,
      distractorDrop: checks.distractorDrop ?? NaN,
      swapChanges: checks.swapChanges ?? NaN,
      otherFeaturesRight: checks.otherFeaturesRight ?? NaN,
      randomisedRightAttribute: valueOf(randomised, 'method', 'rightAttribute'),
      randomisedTubeIou: valueOf(randomised, 'method', 'tubeIou'),
      otherNetworkTubeIou: valueOf(network, 'method', 'tubeIou'),
    }
  } finally {
    target.dispose()
    other.dispose()
  }
}

/** The part of the metrics that comes from one evaluation. */
export function methodMetrics(result: EvaluationResult) {
  const own = (key: string) => valueOf(result, 'method', key)
  return {
    rightAttribute: own('rightAttribute'),
    conceptTop1: own('conceptTop1'),
    ncaTop1: own('ncaTop1'),
    randomNcaTop1: valueOf(result, 'randomTube', 'ncaTop1'),
    ncaTop3: own('ncaTop3'),
    probabilityDecrease: own('probabilityDecrease'),
    tubeIou: own('tubeIou'),
    trueTubeNcaTop1: valueOf(result, 'trueTube', 'ncaTop1'),
    randomTubeIou: valueOf(result, 'randomTube', 'tubeIou'),
    selectByMaxRight: valueOf(result, 'selectByMax', 'rightAttribute'),
  }
}

/** Each metric's bound on T0 (docs/evaluation.md), as a test of the seeds' means. */
export const proofBounds: readonly { metric: keyof ProofMetrics; says: string; holds(m: ProofMetrics): boolean }[] = [
  { metric: 'rightAttribute', says: 'at least .95', holds: (m) => m.rightAttribute >= 0.95 },
  { metric: 'conceptTop1', says: 'at least .90', holds: (m) => m.conceptTop1 >= 0.9 },
  {
    metric: 'ncaTop1',
    says: 'at least .70 and 1.6 times the random tube',
    holds: (m) => m.ncaTop1 >= Math.max(0.7, 1.6 * m.randomNcaTop1),
  },
  { metric: 'tubeIou', says: 'at least .30', holds: (m) => m.tubeIou >= 0.3 },
  { metric: 'trueTubeNcaTop1', says: 'at least .95', holds: (m) => m.trueTubeNcaTop1 >= 0.95 },
  { metric: 'supersetAuc', says: 'at least .95', holds: (m) => m.supersetAuc >= 0.95 },
  { metric: 'distractorDrop', says: 'below .05', holds: (m) => m.distractorDrop < 0.05 },
  { metric: 'swapChanges', says: 'at least .90', holds: (m) => m.swapChanges >= 0.9 },
  { metric: 'randomisedRightAttribute', says: 'at most .35', holds: (m) => m.randomisedRightAttribute <= 0.35 },
  {
    metric: 'randomisedTubeIou',
    says: 'at most half the tube IoU',
    holds: (m) => m.randomisedTubeIou <= m.tubeIou / 2,
  },
  {
    metric: 'otherNetworkTubeIou',
    says: 'at most half the tube IoU',
    holds: (m) => m.otherNetworkTubeIou <= m.tubeIou / 2,
  },
]

/** Where the search of this model is off by its own answers: the same seed must give the same tubes, number for number. */
export async function sameTubes(first: T0Run, second: T0Run, clips = 24): Promise<boolean> {
  const some = (run: T0Run) => ({ ...run.input, clips: { ...run.input.clips, count: clips } })
  const [a, b] = [await evaluate(some(first)), await evaluate(some(second))]
  return JSON.stringify(a.rows) === JSON.stringify(b.rows)
}

function valueOf({ columns }: EvaluationResult, method: MethodName, key: string): number {
  return columns.find((column) => column.method === method)?.metrics[key]?.value ?? NaN
}

async function t0Features(target: GlassBox, clips: readonly T0Clip[], batch = 32): Promise<ClipFeatures[]> {
  const features: ClipFeatures[] = []
  for (let from = 0; from < clips.length; from += batch) {
    const inputs = clips.slice(from, from + batch).map(({ pixels }) => inputOf(target, pixels))
    features.push(...(await featuresOf(target, inputs)))
  }
  return features
}

interface T0Data {
  config: ExplainerConfig
  trainClips: readonly T0Clip[]
  testClips: readonly T0Clip[]
  signal?: AbortSignal
}

function t0Evaluation(
  target: GlassBox,
  explainer: ExplainerModel,
  { config, trainClips, testClips, signal }: T0Data,
): EvaluationInput {
  return {
    target,
    explainer,
    clips: {
      count: testClips.length,
      get: (i) => Promise.resolve({ video: `clip ${i}`, actor: null, ...at(testClips, i) }),
    },
    reference: trainClips,
    config: EvaluationConfig.parse({ pairs: 'remove1', seed: config.seed }),
    search: { movement: config.movement, link: config.link },
    signal,
  }
}

function at<T>(list: readonly T[], i: number): T {
  const found = list[i]
  if (found === undefined) throw new RangeError(`there is no item ${i} of ${list.length}`)
  return found
}
