import { megabytes } from '@shared/megabytes'
import * as tf from '@tensorflow/tfjs'
import type { NamedTensorMap, Tensor2D } from '@tensorflow/tfjs'
import type { ClassifierConfig } from '@shared/config/classifier'
import { Failure } from '@shared/failures'
import type { WeightArray } from '@main/learning/checkpoint/safetensors'
import type { ClipBatch, ClipSource } from '@main/learning/clip-source'
import { random } from '@main/learning/random'
import { C3dResnet } from './c3d-resnet'
import { balancedWeights } from './class-weights'
import { measureAccuracy } from './measure-accuracy'
import { trainingBytes } from './layer-list'
import { Optimizer } from './optimizer'
import { PixelScaleMeter } from './pixel-scale'
import { prepareClips, type Relabel } from './prepare-clips'
import { learningRateAt } from './schedule'

export interface ClassifierMetrics {
  step: number
  /** Epochs done, a fraction within one. */
  epoch: number
  values: Record<string, number>
}

/** What a run needs to go on as if it had never stopped. */
export interface ClassifierCheckpoint {
  epoch: number
  model: C3dResnet
  optimizer: ReadonlyMap<string, WeightArray>
  /** On the videos put aside to choose an epoch on; null where there are none, and the last epoch is kept. */
  validationAccuracy: number | null
}

export interface ClassifierTraining {
  config: ClassifierConfig
  train: ClipSource
  /** Videos put aside from training, measured after every epoch. Test videos are not looked at here. */
  validation?: ClipSource
  /** A model and optimiser state to go on from, after `epoch` epochs. The model passes to the run, also when it fails. */
  resume?: { epoch: number; model: C3dResnet; optimizer: ReadonlyMap<string, WeightArray> }
  /** A trained network of the same layers and classes to take the first weights from, of any picture size; it is not changed. */
  start?: C3dResnet
  relabel?: Relabel
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
  onMetrics?: (metrics: ClassifierMetrics) => void
  onCheckpoint?: (checkpoint: ClassifierCheckpoint) => Promise<void> | void
}

/**
 * Trains the target classifier with softmax cross-entropy (Kanehira et al. 2019, section 4.2).
 * The same seed on the same backend gives the same weights; a resumed run gives those of an uninterrupted one.
 * @returns the model after the last epoch; the caller disposes of it. Which epoch is kept is for who hears of the checkpoints
 * @throws Failure TRAINING_DIVERGED, OUT_OF_MEMORY, INTERRUPTED
 */
export async function trainClassifier(training: ClassifierTraining): Promise<{ model: C3dResnet }> {
  const model = training.resume?.model ?? (await newModel(training))
  let run: ClassifierRun | undefined
  try {
    run = new ClassifierRun(training, model)
    return await run.train()
  } catch (error) {
    model.dispose()
    throw error
  } finally {
    run?.dispose()
  }
}

async function newModel({ config, train, start, signal }: ClassifierTraining): Promise<C3dResnet> {
  if (start) return C3dResnet.from(start, config, train.classes)
  const meter = new PixelScaleMeter()
  const count = Math.min(train.count, 64)
  const indices = Array.from({ length: count }, (_, i) => Math.floor((i * train.count) / count))
  for (const index of indices)
    meter.add((await train.read([index], { kind: 'window', index: 0, of: 1 }, signal)).pixels)
  return new C3dResnet(config, train.classes, meter.scale())
}

class ClassifierRun {
  private readonly optimizer: Optimizer
  private readonly names = new Map<string, string>()
  private readonly part: number
  /** What a clip of each class counts; null where all count the same. */
  private readonly weights: readonly number[] | null

  constructor(
    private readonly training: ClassifierTraining,
    private readonly model: C3dResnet,
  ) {
    const { config, resume } = training
    const trainable = model.variables().filter((v) => v.trainable)
    for (const { name, variable } of trainable) this.names.set(variable.name, name)
    this.optimizer = new Optimizer(trainable, config)
    if (resume) this.optimizer.restore(resume.optimizer)
    this.part = partSize(model, config)
    this.weights = config.classWeights === 'balanced' ? balancedWeights(training.train) : null
  }

  async train(): Promise<{ model: C3dResnet }> {
    const { config, resume, onCheckpoint } = this.training
    for (let epoch = resume?.epoch ?? 0; epoch < config.epochs; epoch++) {
      await this.epoch(epoch)
      const validationAccuracy = await this.validate(epoch)
      await onCheckpoint?.({
        epoch: epoch + 1,
        model: this.model,
        optimizer: this.optimizer.state(),
        validationAccuracy,
      })
    }
    return { model: this.model }
  }

  private async validate(epoch: number): Promise<number | null> {
    const { config, validation, signal } = this.training
    if (!validation || validation.count === 0) return null
    const options = { windows: config.testWindows, batch: this.part, signal }
    const { accuracy, confidence } = await measureAccuracy(this.model, validation, options)
    this.report(epoch + 1, { validationAccuracy: accuracy, validationConfidence: confidence })
    return accuracy
  }

  dispose(): void {
    this.optimizer.dispose()
  }

  private get stepsPerEpoch(): number {
    return Math.ceil(this.training.train.count / this.training.config.batch)
  }

  private async epoch(epoch: number): Promise<void> {
    const { config, train, onProgress } = this.training
    const order = random(config.seed, 1, epoch).shuffle(Array.from({ length: train.count }, (_, i) => i))
    const total = config.epochs * this.stepsPerEpoch
    const started = performance.now()
    const batches = chunks(order, config.batch).map((batch) => chunks(batch, this.part))
    const clips = this.readAhead(batches.flat(), epoch)
    let [loss, hits, seen] = [0, 0, 0]
    for (const [i, batch] of batches.entries()) {
      const step = epoch * this.stepsPerEpoch + i
      const learningRate = learningRateAt(config, step, total)
      const result = await this.step(batch, clips, { epoch, learningRate })
      loss += result.loss
      hits += result.hits
      seen += batch.flat().length
      if (!Number.isFinite(loss) || !Number.isFinite(result.norm)) throw new Failure('TRAINING_DIVERGED', { step })
      onProgress?.(step + 1, total)
      if (i % 5 === 4 || i === batches.length - 1) {
        const clipsPerSecond = (seen * 1000) / (performance.now() - started)
        this.report(epoch + (i + 1) / batches.length, {
          loss: loss / seen,
          trainAccuracy: hits / seen,
          learningRate,
          clipsPerSecond,
          gradientNorm: result.norm,
          ...wait(train),
        })
      }
    }
  }

  /** Clips of one part after the other; the next one is being read while one is used. */
  private async *readAhead(parts: readonly number[][], epoch: number): AsyncGenerator<ClipBatch> {
    const { config, train, signal } = this.training
    const read = (part: readonly number[]) => {
      const clips = train.read(part, { kind: 'random', seed: config.seed, epoch }, signal)
      // Its error is thrown where the part is used; until then nobody waits for it.
      clips.catch(() => undefined)
      return clips
    }
    let ahead = read(parts[0] ?? [])
    for (const next of parts.slice(1)) {
      const clips = await ahead
      ahead = read(next)
      yield clips
    }
    yield await ahead
  }

  /** One step of the optimiser over the parts of a batch; loss and hits are sums over its clips. */
  private async step(
    batch: readonly number[][],
    clips: AsyncGenerator<ClipBatch>,
    { epoch, learningRate }: { epoch: number; learningRate: number },
  ): Promise<{ loss: number; hits: number; norm: number }> {
    const size = batch.flat().length
    const sums: NamedTensorMap = {}
    let [loss, hits] = [0, 0]
    try {
      for (const indices of batch) {
        // TensorFlow runs inside this call: without a pause neither a stop nor progress would get through.
        await new Promise((resolve) => setImmediate(resolve))
        if (this.training.signal?.aborted) throw new Failure('INTERRUPTED', {})
        const { value } = await clips.next()
        const result = this.accumulate(sums, value as ClipBatch, { indices, epoch, share: indices.length / size })
        loss += result.loss * indices.length
        hits += result.hits
      }
      return { loss, hits, norm: this.optimizer.step(sums, learningRate) }
    } finally {
      tf.dispose(sums)
    }
  }

  /** Adds one part of a batch to the sums of gradients, weighted by its share of the batch. */
  private accumulate(
    sums: NamedTensorMap,
    clips: ClipBatch,
    { indices, epoch, share }: { indices: readonly number[]; epoch: number; share: number },
  ): { loss: number; hits: number } {
    const { model, training } = this
    const { values, labels } = prepareClips(clips, indices, epoch, { ...training, scale: model.scale })
    const input = tf.tensor5d(values, [clips.count, model.frames, model.height, model.width, 3])
    const targets = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), this.model.classes))
    const variables = this.model.variables().flatMap((v) => (v.trainable ? [v.variable] : []))
    let moments: ReturnType<C3dResnet['forwardTraining']>['moments'] = []
    let hits = 0
    const { value, grads } = tf.variableGrads(() => {
      const output = this.model.forwardTraining(input)
      moments = output.moments
      hits = countHits(output.logits, labels)
      return tf.losses.softmaxCrossEntropy(targets, output.logits, this.weightsOf(labels)) as tf.Scalar
    }, variables)
    this.model.updateMoments(moments)
    for (const [key, gradient] of Object.entries(grads)) {
      const name = this.names.get(key) ?? key
      const weighted = tf.mul(gradient, share)
      const sum = sums[name]
      sums[name] = sum ? tf.add(sum, weighted) : weighted
      if (sum) tf.dispose([sum, weighted])
    }
    const loss = value.dataSync()[0] ?? Number.NaN
    tf.dispose([input, targets, value, grads])
    return { loss, hits }
  }

  /** [B], or nothing where all clips count the same. */
  private weightsOf(labels: readonly number[]): tf.Tensor1D | undefined {
    const { weights } = this
    return weights ? tf.tensor1d(labels.map((label) => weights[label] ?? 1)) : undefined
  }

  private report(epoch: number, values: Record<string, number>): void {
    const memoryMb = megabytes(process.memoryUsage.rss())
    this.training.onMetrics?.({ step: Math.round(epoch * this.stepsPerEpoch), epoch, values: { ...values, memoryMb } })
  }
}

/** Clips that one part of a batch may have within the memory budget. */
export function partSize(model: C3dResnet, config: ClassifierConfig): number {
  const perClip = megabytes(trainingBytes(model.layers, config, { fused: tf.getBackend() === 'tensorflow' }))
  if (perClip > config.memoryBudget)
    throw new Failure('OUT_OF_MEMORY', { needed: Math.ceil(perClip), budget: config.memoryBudget })
  return Math.min(config.batch, Math.max(1, Math.floor(config.memoryBudget / perClip)))
}

function countHits(logits: Tensor2D, labels: readonly number[]): number {
  return tf.tidy(() => {
    const best = tf.argMax(logits, 1).dataSync()
    return labels.filter((label, i) => best[i] === label).length
  })
}

function wait(source: ClipSource): Record<string, number> {
  const share = source.waitShare?.()
  return share === undefined ? {} : { waitShare: share }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}
