import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesPerMegabyte } from '@shared/megabytes'
import { ExplainerConfig } from '@shared/config/explainer'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { tapTime } from '@shared/tap-geometry'
import type { EvidenceLevel } from '@main/evaluation/evidence-level'
import { type TrainingFacts, trainingFacts } from '@main/evaluation/training-facts'
import { FeatureCache } from '@main/learning/explainer/feature-cache'
import { random } from '@main/learning/random'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { trainExplainer } from '@main/learning/explainer/train-explainer'
import type { RunBundle } from '@main/runs/bundle'
import type { ClipRow } from '@main/runs/clip-rows'
import { ComputedFeatures } from '@main/worker/session/computed-features'
import { type ExplainerNames, loadExplainer, saveExplainer } from '@main/worker/session/explainer-files'
import type { OpenedTarget } from '@main/worker/session/opened-target'
import { type FilesPort, openFiles } from '@main/worker/session/files-port'
import type { TaskSession } from '@main/worker/session/task-session'
import type { Headline, TaskTools, TrainTask } from '@main/runs/worker-tasks'
import { clipsFor } from './run-data'
import { RunCurve } from './run-curve'

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
  emit({ kind: 'engine', backend: (await session.openedEngine()).backend ?? '' })
  const opened = await session.target(files, run.explains)
  const target = opened.model
  const drawn = drawRows(rows.train, config)
  const clips = await clipsFor(session, drawn, { files, vocabulary, shape: opened.shape })
  const cache = featureCache(files, run.explains, opened, config.featurePrecision)
  const features = new ComputedFeatures(target, clips, { budgetBytes: config.memoryBudget * bytesPerMegabyte, cache })
  const progress = progressOf(emit)
  await features.fill(signal, progress('computing features'))
  emit({ kind: 'log', line: `features of ${drawn.length} clips` })
  const folder = files.run(run.id)
  const about = aboutOf(config, vocabulary)
  const goOn = resume && hasModel(folder.last) ? loadExplainer(folder.last, target) : null
  const trained = goOn?.model
  if (resume) emit({ kind: 'resumed', step: trained ? config.steps : -1 })
  if (trained) emit({ kind: 'log', line: 'goes on after the kernels' })
  const curve = new RunCurve(emit)
  curve.goOnFrom(goOn?.curve ?? [])
  let headline: Headline = trained ? run.headline : {}
  const { model, skipped, presence } = await trainExplainer({
    config,
    shape: shapeOf(target, vocabulary),
    features,
    label: (i) => clips.label(i),
    ...{ assigned: (i: number) => clips.assigned(i), unsure: (i: number) => clips.unsure(i) },
    ...(config.bySureness && { sure: (i: number, s: number) => clips.sure(i, s) }),
    trained,
    onTrained: (kernels) => {
      if (trained) return
      saveExplainer(folder.last, kernels, { ...about, curve: curve.points })
      emit({ kind: 'headline', headline })
    },
    onPresence: progress('learning what clips show'),
    signal,
    onProgress: progress('training the explainer'),
    onMetrics: ({ step, epoch, values }) => {
      curve.add({ step, epoch, at: Date.now(), values })
      headline = headlineOf(values, headline)
    },
  })
  const facts = await factsOf({ model, features, config }, { drawn, rows: rows.train })
  saveExplainer(folder.model, model, { ...about, facts })
  rmSync(folder.last, { recursive: true, force: true })
  session.forget(run.id)
  const checkpoint = { file: 'model', step: config.steps, epoch: 0, best: true, values: headline, at: Date.now() }
  emit({ kind: 'checkpoint', checkpoint })
  for (const line of linesOf(facts, presence, skipped)) emit({ kind: 'log', line })
  return { ...headline, ...levelOf(facts.evidence.min) }
}

function shapeOf({ taps, frames }: TargetClassifier, { classes, attributes }: RunBundle['vocabulary']) {
  return { taps, frames, classes: classes.length, attributes: attributes.length }
}

function factsOf(
  { config, ...of }: Pick<Parameters<typeof trainingFacts>[0], 'model' | 'features'> & { config: ExplainerConfig },
  { drawn, rows }: Record<'drawn' | 'rows', readonly ClipRow[]>,
): Promise<TrainingFacts> {
  const { movement, link, falseEvidence: rate, seed } = config
  const labelled = (some: readonly ClipRow[]) => some.map(({ label, assigned }) => ({ label: label ?? -1, assigned }))
  const about = { ...of, search: { movement, link }, rate, seed }
  return trainingFacts(about, { clips: labelled(drawn), reference: labelled(rows) })
}

function levelOf({ threshold, separation }: EvidenceLevel): Headline {
  return {
    ...(threshold === null ? {} : { evidenceThreshold: threshold }),
    ...(separation === null ? {} : { evidenceSeparation: separation }),
  }
}

function evidenceLine({ threshold, rate, without, with: having }: EvidenceLevel): string {
  const seen = `${without} training questions whose B has all that A has, ${having} others`
  return threshold === null
    ? `no level of evidence: ${seen} are too few to find one`
    : `a card is evidence above ${threshold.toFixed(2)}, so that at most ${rate} of questions without evidence get one: ${seen}`
}

function progressOf(emit: TaskTools['emit']) {
  return (label: string) => (done: number, total: number) =>
    emit({ kind: 'progress', progress: { label, done, total, secondsLeft: null } })
}

function linesOf(
  { evidence }: TrainingFacts,
  presence: Parameters<typeof presenceLine>[0] | null,
  skipped: number,
): string[] {
  return [
    evidenceLine(evidence.min),
    ...(presence ? [presenceLine(presence)] : []),
    ...(skipped > 0 ? [`${skipped} clips have no attribute and were passed over`] : []),
  ]
}

function presenceLine({ clips, tubes, cells }: { clips: number; tubes: number; cells: 1 | 9 }): string {
  const read = cells === 9 ? '' : '; the sums of nine cells, as the cells themselves do not fit the memory budget'
  return `presence learned from ${tubes} tubes of ${clips} clips${read}`
}

/** The newest of the numbers that a run is shown with. */
function headlineOf(values: Headline, before: Headline): Headline {
  const { loss, bound, attributeRms, presenceLoss } = { ...before, ...values }
  const newest = { loss, attributeRms, bound, presenceLoss }
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
