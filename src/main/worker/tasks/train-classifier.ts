import { ClassifierConfig } from '@shared/config/classifier'
import type { MetricPoint } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import type { Progress } from '@shared/progress'
import { relabelBySets } from '@main/evaluation/relabel-by-sets'
import type { C3dResnet } from '@main/learning/target/c3d-resnet'
import { type ClassifierCheckpoint, trainClassifier } from '@main/learning/target/train-classifier'
import { hasClassifier, loadClassifier, saveClassifier } from '@main/worker/session/classifier-files'
import { type FilesPort, openFiles } from '@main/worker/session/files-port'
import type { TaskSession } from '@main/worker/session/task-session'
import type { Headline, TaskTools, TrainTask } from '@main/runs/worker-tasks'
import { clipsFor } from './run-data'

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
  let best = goOn && hasClassifier(folder.model) ? bestSoFar(folder.model) : -1
  let headline: Headline = goOn ? run.headline : {}
  let measured: Headline = {}
  const engine = await session.openedEngine()
  emit({ kind: 'log', line: `${engine.backend} ${engine.version} on ${engine.device}; ${rows.train.length} videos` })
  const stepsPerEpoch = Math.ceil(rows.train.length / config.batch)
  if (resume) emit({ kind: 'resumed', step: goOn ? goOn.epoch * stepsPerEpoch : -1 })
  const keep = ({ epoch, model, optimizer, testAccuracy }: ClassifierCheckpoint) => {
    saveClassifier(folder.last, model, { epoch, testAccuracy, classes, optimizer })
    // Of equally good epochs the later one is the surer one.
    const isBest = testAccuracy >= best
    if (isBest) saveClassifier(folder.model, model, { epoch, testAccuracy, classes })
    best = Math.max(best, testAccuracy)
    // The test numbers shown are those of the model that is kept.
    if (isBest) headline = { ...headline, ...measured }
    emit({ kind: 'headline', headline })
    const step = epoch * stepsPerEpoch
    const checkpoint = {
      file: isBest ? 'model' : 'last',
      step,
      epoch,
      best: isBest,
      values: { testAccuracy },
      at: Date.now(),
    }
    emit({ kind: 'checkpoint', checkpoint })
    emit({ kind: 'log', line: `epoch ${epoch} of ${config.epochs}: test accuracy ${testAccuracy.toFixed(4)}` })
  }
  const { model } = await trainClassifier({
    config,
    train: await clipsFor(session, rows.train, { files, vocabulary, shape: config }),
    test: await clipsFor(session, rows.test, { files, vocabulary, shape: config }),
    resume: goOn ? { ...goOn, bestAccuracy: best } : undefined,
    start: start ?? undefined,
    relabel: relabelBySets(classes.length, rows.train),
    signal,
    onProgress: (done, total) => emit({ kind: 'progress', progress: progressOf(config, done, total) }),
    onMetrics: ({ step, epoch, values }) => {
      const point: MetricPoint = { step, epoch, at: Date.now(), values }
      emit({ kind: 'metrics', points: [point] })
      headline = { ...headline, ...pick(values, ['loss', 'trainAccuracy']) }
      measured = { ...measured, ...pick(values, ['testAccuracy', 'testConfidence']) }
    },
    onCheckpoint: keep,
  }).finally(() => start?.dispose())
  model.dispose()
  session.forget(run.id)
  return headline
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
  const { model, testAccuracy } = loadClassifier(folder)
  model.dispose()
  return testAccuracy
}

function pick(values: Headline, names: readonly string[]): Headline {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}
