import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesPerMegabyte } from '@shared/megabytes'
import { ExplainerConfig } from '@shared/config/explainer'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { tapTime } from '@shared/tap-geometry'
import { FeatureCache } from '@main/learning/explainer/feature-cache'
import { random } from '@main/learning/random'
import { trainExplainer } from '@main/learning/explainer/train-explainer'
import type { ClipRow } from '@main/runs/clip-rows'
import { ComputedFeatures } from '@main/worker/session/computed-features'
import { type ExplainerNames, loadExplainer, saveExplainer } from '@main/worker/session/explainer-files'
import type { OpenedTarget } from '@main/worker/session/opened-target'
import { type FilesPort, openFiles } from '@main/worker/session/files-port'
import type { TaskSession } from '@main/worker/session/task-session'
import type { Headline, TaskTools, TrainTask } from '@main/runs/worker-tasks'
import { clipsFor } from './run-data'

/**
 * Trains the model that explains a finished classifier, from features computed once: kernels, then presence. A run that
 * is resumed keeps kernels that were trained to the end, and starts anew where they were not.
 */
export async function trainExplainerTask(
  session: TaskSession,
  { bundle, resume }: TrainTask,
  { signal, emit }: TaskTools,
): Promise<Headline> {
  const { run, vocabulary, rows } = bundle
  const files = openFiles(bundle.files)
  if (!run.explains) throw new Failure('NO_CLASSIFIER', {})
  const config = ExplainerConfig.parse(run.config)
  const opened = await session.target(files, run.explains)
  const { model: target, shape } = opened
  const drawn = drawRows(rows.train, config)
  const clips = await clipsFor(session, drawn, { files, vocabulary, shape })
  const cache = featureCache(files, run.explains, opened, config.featurePrecision)
  const features = new ComputedFeatures(target, clips, { budgetBytes: config.memoryBudget * bytesPerMegabyte, cache })
  const progress = (label: string) => (done: number, total: number) =>
    emit({ kind: 'progress', progress: { label, done, total, secondsLeft: null } })
  await features.fill(signal, progress('computing features'))
  emit({ kind: 'log', line: `features of ${drawn.length} clips` })
  const folder = files.run(run.id)
  const about = aboutOf(config, vocabulary)
  const trained = resume && hasModel(folder.last) ? loadExplainer(folder.last, target).model : undefined
  if (resume) emit({ kind: 'resumed', step: trained ? config.steps : -1 })
  if (trained) emit({ kind: 'log', line: 'goes on after the kernels' })
  let headline: Headline = trained ? run.headline : {}
  const { model, skipped, presence } = await trainExplainer({
    config,
    shape: {
      taps: target.taps,
      frames: target.frames,
      classes: vocabulary.classes.length,
      attributes: vocabulary.attributes.length,
    },
    features,
    label: (i) => clips.label(i),
    assigned: (i) => clips.assigned(i),
    unsure: (i) => clips.unsure(i),
    trained,
    onTrained: (kernels) => {
      if (trained) return
      saveExplainer(folder.last, kernels, about)
      emit({ kind: 'headline', headline })
    },
    onPresence: progress('learning what clips show'),
    signal,
    onProgress: progress('training the explainer'),
    onMetrics: ({ step, epoch, values }) => {
      emit({ kind: 'metrics', points: [{ step, epoch, at: Date.now(), values }] })
      headline = headlineOf(values, headline)
    },
  })
  saveExplainer(folder.model, model, about)
  rmSync(folder.last, { recursive: true, force: true })
  session.forget(run.id)
  const checkpoint = { file: 'model', step: config.steps, epoch: 0, best: true, values: headline, at: Date.now() }
  emit({ kind: 'checkpoint', checkpoint })
  if (presence) emit({ kind: 'log', line: presenceLine(presence) })
  if (skipped > 0) emit({ kind: 'log', line: `${skipped} clips have no attribute and were passed over` })
  return headline
}

function presenceLine({ clips, tubes, cells }: { clips: number; tubes: number; cells: 1 | 9 }): string {
  const read = cells === 9 ? '' : '; the sums of nine cells, as the cells themselves do not fit the memory budget'
  return `presence learned from ${tubes} tubes of ${clips} clips${read}`
}

/** The newest loss and weights, and the newest bound: it is measured at some steps only and 0 at the others. */
function headlineOf(values: Headline, before: Headline): Headline {
  const { loss, bound, attributeRms, presenceLoss } = { ...before, ...values }
  const newest = { loss, attributeRms, bound: bound === 0 ? before.bound : bound, presenceLoss }
  return Object.fromEntries(
    Object.entries(newest).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

function aboutOf(config: ExplainerConfig, { classes, attributes }: TrainTask['bundle']['vocabulary']): ExplainerNames {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  return { config, classes: names(classes), attributes: names(attributes) }
}

function hasModel(folder: string): boolean {
  return existsSync(join(folder, 'model.json'))
}

/** Features are kept with the classifier that they are of, and go when it goes. */
function featureCache(
  files: FilesPort,
  classifier: RunId,
  { model, upstream }: OpenedTarget,
  precision: ExplainerConfig['featurePrecision'],
): FeatureCache {
  const { features: folder } = files.run(classifier)
  const shapes = model.taps.map((tap) => [tapTime(tap, model.frames).frames, tap.rows, tap.cols, tap.channels])
  return new FeatureCache({ folder, precision, shapes, upstream })
}

/** Clips with attributes first; a seeded draw where there are more than the setting asks for. */
function drawRows(rows: readonly ClipRow[], { clips, seed }: ExplainerConfig): ClipRow[] {
  const useful = rows.filter(({ assigned }) => assigned.length > 0)
  if (useful.length === 0) throw new Failure('NO_ATTRIBUTES', {})
  if (clips === 0 || useful.length <= clips) return useful
  return random(seed, 4).shuffle(useful).slice(0, clips)
}
