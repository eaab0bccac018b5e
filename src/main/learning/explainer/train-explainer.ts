import type { ExplainerConfig } from '@shared/config/explainer'
import { Failure } from '@shared/failures'
import { type Random, random } from '@main/learning/random'
import { bestTube } from '@main/learning/search/best-tube'
import { learningRateAt } from '@main/learning/target/schedule'
import { ArrayOptimizer } from './array-optimizer'
import type { FeatureSource } from './clip-features'
import { eachPair } from './delta-maps'
import { type ExplainerModel, type ExplainerShape, newExplainer } from './explainer-model'
import { featureScales } from './feature-scale'
import { boundsAt, softplus } from './loss'
import { type TrainedHead, trainPresence } from './presence/train-presence'
import type { Pair } from './products'
import {
  addGradient,
  meanFeatures,
  type PooledFeatures,
  scoreOf,
  type TapGradients,
  tubeFeatures,
} from './tube-features'

export interface ExplainerMetrics {
  step: number
  /** Passes over the training clips, a fraction within one. */
  epoch: number
  values: Record<string, number>
}

export interface ExplainerTraining {
  config: ExplainerConfig
  shape: ExplainerShape
  features: FeatureSource
  /** Label of clip i, from 0, and its attributes S(x). */
  label(i: number): number
  assigned(i: number): readonly number[]
  /** Attributes of which nobody could say whether clip i shows them. */
  unsure?(i: number): readonly number[]
  /** How much what is said of attribute s of clip i counts, 0 to 1; all the same when left out. */
  sure?(i: number, s: number): number
  /** Kernels of a run that was stopped after it had trained them: only what comes after is trained. */
  trained?: ExplainerModel
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
  onMetrics?: (metrics: ExplainerMetrics) => void
  /** The kernels are trained; their presence comes next. */
  onTrained?: (model: ExplainerModel) => void
  onPresence?: (done: number, total: number) => void
}

export interface TrainedExplainer {
  model: ExplainerModel
  /** Clips without an attribute, which training passes over. */
  skipped: number
  /** What the head was trained on; null without one. */
  presence: Omit<TrainedHead, 'head'> | null
}

/** A loss so many times that of its start does not come back, and scores overflow. */
const hopeless = 1e6

/** Steps between two points of the curves. */
const interval = 5

/**
 * Trains the explanation model with the paper's loss (Kanehira et al. 2019, eq. 6-8): for a class drawn from p(c|x), the
 * mean over S(x) of the sum over negatives of softplus(-min_R delta_m[R]). With every score 0 it is (|C|-1) ln 2: drawn
 * kernels begin above that on scaled features, and a healthy run comes down to it and stays near.
 * The gradient is exact and sparse: search, follow back-pointers, pool, differentiate the pooled score.
 * @throws Failure NO_ATTRIBUTES, TRAINING_DIVERGED, TRAINING_COLLAPSED, INTERRUPTED
 */
export async function trainExplainer(training: ExplainerTraining): Promise<TrainedExplainer> {
  const { config, features } = training
  const clips = Array.from({ length: features.count }, (_, i) => i)
  const usable = clips.filter((i) => training.assigned(i).length > 0)
  if (usable.length === 0) throw new Failure('NO_ATTRIBUTES', {})
  const model = training.trained ?? (await trainKernels(training, usable))
  training.onTrained?.(model)
  const skipped = clips.length - usable.length
  if (!config.presence || model.classes < 2) return { model, skipped, presence: null }
  const { head, ...presence } = await trainHead(training, model)
  return { model: model.withPresence(head), skipped, presence }
}

async function trainKernels(training: ExplainerTraining, usable: readonly number[]): Promise<ExplainerModel> {
  const { config, shape, features } = training
  const channels = shape.taps.map((tap) => tap.channels)
  const scales =
    config.featureScale === 'channel'
      ? await featureScales(features, channels)
      : channels.map((d) => new Float32Array(d).fill(1))
  const model = newExplainer(shape, config, scales)
  await new ExplainerRun(training, model, usable).train()
  return model
}

function trainHead(training: ExplainerTraining, model: ExplainerModel): Promise<TrainedHead> {
  const { config, features, label, assigned, unsure, sure, signal, onPresence, onMetrics } = training
  const labels = (i: number) => {
    const said = new Int8Array(model.attributes)
    for (const s of assigned(i)) said[s] = 1
    for (const s of unsure?.(i) ?? []) said[s] = -1
    return said
  }
  const onLoss = (step: number, presenceLoss: number) => {
    if (step % interval === 0) onMetrics?.({ step: config.steps + step, epoch: step, values: { presenceLoss } })
  }
  const weights = sure && ((i: number) => Float32Array.from({ length: model.attributes }, (_, s) => sure(i, s)))
  return trainPresence({ config, model, features, label, labels, weights, signal, onProgress: onPresence, onLoss })
}

interface StepSums {
  loss: number
  pairs: number
  positive: number
}

/** A class A of a clip, `share` of its loss; its attributes, and how much each counts. */
interface Positive {
  pos: number
  share: number
  words: readonly number[]
  sure: readonly number[]
  sums: StepSums
}

class ExplainerRun {
  private readonly optimizer: ArrayOptimizer
  private readonly gradients: TapGradients[]
  private order: number[] = []
  private pass = 0

  constructor(
    private readonly training: ExplainerTraining,
    private readonly model: ExplainerModel,
    private readonly clips: readonly number[],
  ) {
    this.optimizer = new ArrayOptimizer(
      model.weights.flatMap(({ classes, attributes }) => [classes, attributes]),
      training.config,
    )
    this.gradients = model.weights.map(({ classes, attributes }) => ({
      classes: new Float32Array(classes.length),
      attributes: new Float32Array(attributes.length),
    }))
  }

  async train(): Promise<void> {
    const { config, signal, onProgress } = this.training
    const start = (this.model.classes - 1) * Math.LN2
    for (let step = 0; step < config.steps; step++) {
      const sums: StepSums = { loss: 0, pairs: 0, positive: 0 }
      for (const { classes, attributes } of this.gradients) {
        classes.fill(0)
        attributes.fill(0)
      }
      const isShown = step % interval === 0 || step === config.steps - 1
      let bounds: { exact: number; bound: number } | null = null
      for (let k = 0; k < config.batch; k++) {
        if (signal?.aborted) throw new Failure('INTERRUPTED', {})
        const measured = await this.addClip(this.nextClip(), step, { sums, measure: k === 0 && isShown })
        bounds ??= measured
      }
      const learningRate = learningRateAt(config, step, config.steps)
      const norm = this.optimizer.step(
        this.gradients.flatMap(({ classes, attributes }) => [classes, attributes]),
        learningRate,
      )
      const loss = sums.loss / config.batch
      this.check(step, { loss, norm, start })
      onProgress?.(step + 1, config.steps)
      if (isShown) {
        this.report(step, {
          loss,
          ...bounds,
          sharePositive: sums.positive / Math.max(1, sums.pairs),
          learningRate,
          gradientNorm: norm,
          attributeRms: this.model.attributeRms(),
        })
      }
    }
  }

  private nextClip(): number {
    if (this.order.length === 0) this.order = random(this.training.config.seed, 3, this.pass++).shuffle(this.clips)
    return this.order.pop() as number
  }

  /** Adds one clip's loss and gradient. */
  private async addClip(
    i: number,
    step: number,
    { sums, measure }: { sums: StepSums; measure: boolean },
  ): Promise<{ exact: number; bound: number } | null> {
    const { config, features, label, assigned } = this.training
    const clip = await features.get(i)
    const prepared = this.model.prepare(clip)
    const words = assigned(i)
    const positives = positivesOf(config, clip.probabilities, {
      label: label(i),
      stream: random(config.seed, 4, step, i),
    })
    const sure = words.map((s) => this.training.sure?.(i, s) ?? 1)
    for (const { pos, share } of positives) this.addPositive(prepared, { pos, share, words, sure, sums })
    const [first] = positives
    return measure && words[0] !== undefined && first
      ? boundsAt(this.model, prepared, { pos: first.pos, attribute: words[0], search: config })
      : null
  }

  /** Adds the loss and gradient of one class A of one clip, `share` of the clip's. */
  private addPositive(prepared: readonly Float32Array[], { pos, share, words, sure, sums }: Positive): void {
    const negatives = Array.from({ length: this.model.classes }, (_, c) => c).filter((c) => c !== pos)
    const pairs = words.flatMap((attribute, k) => negatives.map((neg) => ({ pos, neg, attribute, sure: sure[k] ?? 1 })))
    const weight = share / (words.length * this.training.config.batch)
    const add = ({ sure: counts, ...pair }: Pair & { sure: number }, pooled: readonly PooledFeatures[]) => {
      const score = scoreOf(this.model, pooled, pair)
      sums.loss += (share * counts * softplus(-score)) / words.length
      sums.pairs++
      if (score > 0) sums.positive++
      // d softplus(-z) / dz = -sigmoid(-z)
      addGradient(this.model, this.gradients, pooled, { pair, factor: (-weight * counts) / (1 + Math.exp(score)) })
    }
    const { objective } = this.training.config
    if (objective === 'mean') {
      const pooled = meanFeatures(this.model, prepared)
      for (const pair of pairs) add(pair, pooled)
      return
    }
    eachPair(this.model, prepared, pairs, ({ maps }, p) => {
      const { cells } = bestTube(maps, objective === 'max' ? 1 : -1, this.training.config, this.model.space)
      add(pairs[p] as (typeof pairs)[number], tubeFeatures(this.model, prepared, cells))
    })
  }

  private check(step: number, { loss, norm, start }: { loss: number; norm: number; start: number }): void {
    const isLost = !Number.isFinite(loss) || !Number.isFinite(norm) || loss > hopeless * start
    if (isLost) throw new Failure('TRAINING_DIVERGED', { step })
    const rms = this.model.attributeRms()
    if (step > 10 && rms < 0.1 && Math.abs(loss - start) < 1e-3 * start)
      throw new Failure('TRAINING_COLLAPSED', { step, rms })
  }

  private report(step: number, values: Record<string, number>): void {
    const epoch = ((step + 1) * this.training.config.batch) / this.clips.length
    this.training.onMetrics?.({ step: step + 1, epoch, values })
  }
}

/** Classes that stand for A in a clip's loss, with their shares of it, which add up to 1. */
export function positivesOf(
  { posSampling, posTop }: Pick<ExplainerConfig, 'posSampling' | 'posTop'>,
  probabilities: Float32Array,
  { label, stream }: { label: number; stream: Random },
): { pos: number; share: number }[] {
  if (posSampling === 'label') return [{ pos: label, share: 1 }]
  if (posSampling === 'model') return [{ pos: drawn(probabilities, stream), share: 1 }]
  const order = [...probabilities.entries()].sort(([a, p], [b, q]) => q - p || a - b)
  const likeliest = order.slice(0, posSampling === 'argmax' ? 1 : posTop)
  const total = likeliest.reduce((sum, [, p]) => sum + p, 0)
  return likeliest.map(([pos, p]) => ({ pos, share: total > 0 ? p / total : 1 / likeliest.length }))
}

function drawn(probabilities: Float32Array, stream: Random): number {
  let left = stream.next() * probabilities.reduce((a, b) => a + b, 0)
  for (const [c, p] of probabilities.entries()) {
    left -= p
    if (left < 0) return c
  }
  return probabilities.length - 1
}
