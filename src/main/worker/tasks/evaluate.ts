import type { VideoId } from '@shared/ids'
import type { MethodMetrics } from '@shared/contract/evaluation'
import { Failure } from '@shared/failures'
import { type EvaluationClip, type EvaluationInput, evaluate } from '@main/evaluation/evaluate'
import type { OutcomeRow } from '@main/evaluation/outcome-row'
import { sanityColumns } from '@main/evaluation/sanity'
import { C3dResnet } from '@main/learning/target/c3d-resnet'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { Vocabulary } from '@main/runs/bundle'
import { middleWindow } from '@main/worker/session/computed-features'
import type { ProjectClips } from '@main/worker/session/project-clips'
import { tubeOf } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import type { NewOutcome, TaskTools, WorkerTasks } from '@main/runs/worker-tasks'
import { openFiles } from '@main/worker/session/files-port'
import { idAt } from '@main/worker/session/model-names'
import { clipsFor } from './run-data'

/** Outcomes travel to the host so many at a time. */
const batchSize = 500

/** Measures an explanation model on the project's videos. */
export async function evaluateTask(
  session: TaskSession,
  { bundle, config }: WorkerTasks['evaluation']['in'],
  { signal, emit }: TaskTools,
): Promise<MethodMetrics[]> {
  const { run, vocabulary, rows } = bundle
  const files = openFiles(bundle.files)
  if (!run.explains) throw new Failure('NO_CLASSIFIER', {})
  const { model: target, shape, colours } = await session.target(files, run.explains)
  const explainer = session.explainer(files, run.id, target)
  const measured = rows[config.split]
  if (measured.length === 0) throw new Failure('NOTHING_TO_EVALUATE', { split: config.split })
  const clips = await clipsFor(session, measured, { files, vocabulary, shape })
  const places = new Map(measured.map(({ id: video, name }, i) => [name, { i, video }]))
  let waiting: NewOutcome[] = []
  let sent = 0
  const send = () => {
    if (waiting.length > 0) emit({ kind: 'outcomes', rows: waiting, from: sent })
    sent += waiting.length
    waiting = []
  }
  const { movement, link } = explainer.config
  const input: EvaluationInput = {
    target,
    colours,
    explainer: explainer.model,
    facts: explainer.facts,
    clips: { count: clips.count, get: (i) => clipAt(clips, i) },
    reference: rows.train.map(({ label, assigned }) => ({ label: label ?? -1, assigned })),
    config,
    search: { movement, link },
    signal,
    onProgress: (done, total) =>
      emit({ kind: 'progress', progress: { label: 'measuring', done, total, secondsLeft: null } }),
    onRows: (some) => {
      waiting.push(...some.map((row) => outcomeOf(row, { vocabulary, clips, places })))
      if (waiting.length >= batchSize) send()
    },
  }
  const { columns } = await evaluate(input)
  const more = config.sanity ? await withNetwork(target, (network) => sanityColumns(input, network)) : []
  send()
  return [...columns, ...more]
}

/** The same architecture with fresh weights, for as long as it is used; null where only the weights are known. */
async function withNetwork<T>(target: TargetClassifier, use: (network: C3dResnet | null) => Promise<T>): Promise<T> {
  if (!(target instanceof C3dResnet)) return use(null)
  const { config, classes, scale } = target
  const network = new C3dResnet({ ...config, seed: config.seed + 1000 }, classes, scale)
  try {
    return await use(network)
  } finally {
    network.dispose()
  }
}

async function clipAt(clips: ProjectClips, i: number): Promise<EvaluationClip> {
  const row = clips.rows[i]
  const { pixels } = await clips.read([i], middleWindow)
  return {
    // By name: ids differ from project to project, and the draw of a random tube must not.
    video: row?.name ?? '',
    label: clips.label(i),
    assigned: clips.assigned(i),
    pixels,
    truth: clips.truth(i, middleWindow),
    actor: clips.actor(i, middleWindow),
    frames: clips.frames(i, middleWindow),
  }
}

interface Naming {
  vocabulary: Vocabulary
  clips: ProjectClips
  places: ReadonlyMap<string, { i: number; video: VideoId }>
}

/** A row in the words of the project: ids for numbers, source pixels for clip pixels. */
function outcomeOf(
  { region, curves: _curves, video: name, ...row }: OutcomeRow,
  { vocabulary, clips, places }: Naming,
): NewOutcome {
  const place = places.get(name)
  if (!place) throw new Error(`no such video was measured: ${name}`)
  const { i, video } = place
  const classId = (number: number) => idAt(vocabulary.classes, number)
  const attributeId = (number: number) => idAt(vocabulary.attributes, number)
  return {
    ...row,
    video,
    videoName: name,
    pos: classId(row.pos),
    neg: classId(row.neg),
    label: row.label < 0 ? null : classId(row.label),
    attribute: attributeId(row.attribute),
    covers: row.covers === null ? null : attributeId(row.covers),
    tube: tubeOf(region, { frames: clips.frames(i, middleWindow), affine: clips.toSource(i) }),
  }
}
