import { ClassifierConfig } from '@shared/config/classifier'
import type { MetricPoint } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import type { Progress } from '@shared/progress'
import { relabelBySets } from '@main/evaluation/relabel-by-sets'
import type { ClipSource } from '@main/learning/clip-source'
import type { C3dResnet } from '@main/learning/target/c3d-resnet'
import { measureAccuracy, type MeasureOptions } from '@main/learning/target/measure-accuracy'
import { type ClassifierCheckpoint, partSize, trainClassifier } from '@main/learning/target/train-classifier'
import {
  fewestValidation,
  type SplitVideo,
  type ValidationSplit,
  validationSplit,
} from '@main/learning/target/validation-split'
import type { ClipRow } from '@main/runs/clip-rows'
import { hasClassifier, loadClassifier, saveClassifier } from '@main/worker/session/classifier-files'
import { type FilesPort, openFiles } from '@main/worker/session/files-port'
import type { TaskSession } from '@main/worker/session/task-session'
import type { Headline, TaskTools, TrainTask } from '@main/runs/worker-tasks'
import { clipsFor } from './run-data'
import { RunCurve } from './run-curve'

/** Trains a classifier on the project's videos; the best and the newest state are in the run's folder at any time. */
export async function trainClassifierTask(
  session: TaskSession,
  { bundle, resume }: TrainTask,
  { signal, emit }: TaskTools,
): Promise<Headline> {
  const { run, vocabulary, rows } = bundle
  const files = openFiles(bundle.files)
  const config = ClassifierConfig.parse(run.config)
  const folder = files.run(run.id)
  const classes = vocabulary.classes.map(({ name }) => name)
  const goOn = resume && hasClassifier(folder.last) ? loadClassifier(folder.last) : null
  const start = goOn || !run.startFrom ? null : networkOf(files, run.startFrom)
  const split = validationSplit(rows.train.map(splitVideo), { share: config.validation, seed: config.seed })
  const rowsAt = (indices: readonly number[]) => indices.flatMap((i) => rows.train[i] ?? [])
  const sourceOf = (some: readonly ClipRow[]) => clipsFor(session, some, { files, vocabulary, shape: config })
  let best = goOn && hasClassifier(folder.model) ? bestSoFar(folder.model) : -1
  let headline: Headline = goOn ? run.headline : {}
  let measured: Headline = {}
  const engine = await session.openedEngine()
  emit({ kind: 'engine', backend: engine.backend ?? '' })
  emit({ kind: 'log', line: `${engine.backend} ${engine.version} on ${engine.device}; ${rows.train.length} videos` })
  emit({ kind: 'log', line: splitLine(split) })
  const stepsPerEpoch = Math.ceil(split.train.length / config.batch)
  if (resume) emit({ kind: 'resumed', step: goOn ? goOn.epoch * stepsPerEpoch : -1 })
  const curve = new RunCurve(emit)
  curve.goOnFrom(goOn?.curve ?? [])
  const keep = ({ epoch, model, optimizer, validationAccuracy }: ClassifierCheckpoint) => {
    saveClassifier(folder.last, model, { epoch, validationAccuracy, classes, optimizer, curve: curve.points })
    // Of equally good epochs the later one is the surer one; where nothing tells them apart, the last is kept.
    const isBest = validationAccuracy === null || validationAccuracy >= best
    if (isBest) saveClassifier(folder.model, model, { epoch, validationAccuracy, classes })
    best = Math.max(best, validationAccuracy ?? -1)
    // The numbers shown are those of the model that is kept.
    if (isBest) headline = { ...headline, ...measured }
    emit({ kind: 'headline', headline })
    const checkpoint = { file: isBest ? 'model' : 'last', step: epoch * stepsPerEpoch, epoch, best: isBest }
    emit({ kind: 'checkpoint', checkpoint: { ...checkpoint, values: isBest ? measured : {}, at: Date.now() } })
    emit({ kind: 'log', line: epochLine(config, epoch, validationAccuracy) })
  }
  const { model } = await trainClassifier({
    config,
    train: await sourceOf(rowsAt(split.train)),
    validation: await sourceOf(rowsAt(split.validation)),
    resume: goOn ?? undefined,
    start: start ?? undefined,
    relabel: relabelBySets(classes.length, rows.train),
    signal,
    onProgress: (done, total) => emit({ kind: 'progress', progress: progressOf(config, done, total) }),
    onMetrics: ({ step, epoch, values }) => {
      curve.add({ step, epoch, at: Date.now(), values })
      headline = { ...headline, ...pick(values, ['loss', 'trainAccuracy']) }
      measured = { ...measured, ...pick(values, ['validationAccuracy', 'validationConfidence']) }
    },
    onCheckpoint: keep,
  }).finally(() => start?.dispose())
  const batch = partSize(model, config)
  model.dispose()
  session.forget(run.id)
  const tested = await testKept(folder.model, await sourceOf(rows.test), { windows: config.testWindows, batch, signal })
  if (tested) curve.add(pointAtEnd(config, stepsPerEpoch, tested))
  return { ...headline, ...tested }
}

function pointAtEnd({ epochs }: ClassifierConfig, stepsPerEpoch: number, values: Headline): MetricPoint {
  return { step: epochs * stepsPerEpoch, epoch: epochs, at: Date.now(), values }
}

/** Measures the model that is kept on the test videos: once, when everything is chosen. Null without test videos. */
async function testKept(folder: string, test: ClipSource, options: MeasureOptions): Promise<Headline | null> {
  if (test.count === 0) return null
  const { model } = loadClassifier(folder)
  try {
    const { accuracy, confidence } = await measureAccuracy(model, test, options)
    return { testAccuracy: accuracy, testConfidence: confidence }
  } finally {
    model.dispose()
  }
}

function epochLine({ epochs }: ClassifierConfig, epoch: number, accuracy: number | null): string {
  return `epoch ${epoch} of ${epochs}${accuracy === null ? '' : `: validation accuracy ${accuracy.toFixed(4)}`}`
}

function splitVideo({ label, group }: ClipRow): SplitVideo {
  return { label: label ?? -1, group }
}

function splitLine({ train, validation }: ValidationSplit): string {
  return validation.length > 0
    ? `the kept epoch is chosen on ${validation.length} training videos put aside; ${train.length} are trained on`
    : `the last epoch is kept: fewer than ${fewestValidation} videos would be put aside to choose one on`
}

function progressOf({ epochs }: ClassifierConfig, done: number, total: number): Progress {
  const epoch = Math.min(epochs, Math.floor((done / total) * epochs) + 1)
  return { label: `training, epoch ${epoch} of ${epochs}`, done, total, secondsLeft: null }
}

/** The network a run begins with. Throws Failure NOT_FOUND where its run was deleted meanwhile. */
function networkOf(files: FilesPort, id: RunId): C3dResnet {
  const { model: folder } = files.run(id)
  if (!hasClassifier(folder)) throw new Failure('NOT_FOUND', { kind: 'run', id })
  return loadClassifier(folder).model
}

function bestSoFar(folder: string): number {
  const { model, validationAccuracy } = loadClassifier(folder)
  model.dispose()
  return validationAccuracy ?? -1
}

function pick(values: Headline, names: readonly string[]): Headline {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}
