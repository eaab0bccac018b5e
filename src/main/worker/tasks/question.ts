import type { z } from 'zod'
import type { ClassProbability, Prediction } from '@shared/contract/explanation'
import { setImmediate as turn } from 'node:timers/promises'
import { importedConfig } from '@shared/config/imported-model'
import type { Run } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { AttributeId, ClassId, RunId } from '@shared/ids'
import type { TrainingFacts } from '@main/evaluation/training-facts'
import { type ClassScores, featuresOf, inputOf } from '@main/explanation/classify'
import type { ClipSize } from '@main/explanation/region'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { QuestionBundle, Vocabulary } from '@main/runs/bundle'
import type { ClipRow } from '@main/runs/clip-rows'
import type { AskTask } from '@main/runs/worker-tasks'
import { middleWindow } from '@main/worker/session/computed-features'
import type { OpenedTarget } from '@main/worker/session/opened-target'
import type { ProjectClips } from '@main/worker/session/project-clips'
import type { ClipPlace } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import { type FilesPort, openFiles } from '@main/worker/session/files-port'
import { idAt } from '@main/worker/session/model-names'
import { clipsFor } from './run-data'

/** One video before one model: what every question begins with. */
export interface Asked extends Pick<OpenedTarget, 'colours' | 'meanColour'> {
  /** The run that was asked: a classifier's or an explainer's. */
  run: RunId
  files: FilesPort
  /** The explainer's run where there is one. */
  explainer: RunId | null
  /** The run of the classifier that is asked, or explained. */
  classifier: Run
  target: TargetClassifier
  vocabulary: Vocabulary
  row: ClipRow
  clips: ProjectClips
  pixels: Uint8Array
  input: Float32Array
  features: ClipFeatures & ClassScores
  size: ClipSize
  place: ClipPlace
}

/** Reads the video's clip and lets the frozen classifier look at it once. */
export async function ask(session: TaskSession, bundle: QuestionBundle, signal: AbortSignal): Promise<Asked> {
  const { run, vocabulary } = bundle
  const files = openFiles(bundle.files)
  const { model: target, shape, colours, meanColour } = await session.target(files, run.explains ?? run.id)
  signal.throwIfAborted()
  const clips = await clipsFor(session, [bundle.row], { files, vocabulary, shape })
  const [row] = clips.rows
  if (!row) throw new Error('a question is about a video')
  const frames = clips.frames(0, middleWindow)
  const look = async () => {
    const { pixels } = await clips.read([0], middleWindow, signal)
    const input = inputOf(target, pixels)
    const [features] = await featuresOf(target, [input])
    if (!features) throw new Error('the classifier said nothing')
    return { pixels, input, features }
  }
  const { pixels, input, features } = await session.seenOnce(JSON.stringify([row.video.path, frames]), look)
  await nextTurn(signal)
  return {
    ...{
      run: run.id,
      files,
      explainer: run.kind === 'explainer' ? run.id : null,
      classifier: bundle.classifier,
      target,
      colours,
      meanColour,
      vocabulary,
      row,
      clips,
      pixels,
      input,
      features,
    },
    size: { frames: target.frames, height: target.height, width: target.width },
    place: { frames, affine: clips.toSource(0) },
  }
}

/** Lets the request to stop arrive, which waits while the engine works, and heeds it. */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await turn()
  signal.throwIfAborted()
}

/** Every class with what the model says of it, largest first. */
export function classesOf(
  { vocabulary, classifier }: Pick<Asked, 'vocabulary' | 'classifier'>,
  { probabilities, logits }: ClassScores,
) {
  const isKnown = importedConfig(classifier.config)?.output !== 'probabilities'
  const list = vocabulary.classes.map(({ id, name }, c): z.infer<typeof ClassProbability> => {
    return { class: id, name, probability: probabilities[c] ?? 0, logit: isKnown ? (logits[c] ?? 0) : null }
  })
  return list.sort((a, b) => b.probability - a.probability)
}

export function predictionOf(asked: Asked, facts: TrainingFacts | null = null): z.infer<typeof Prediction> {
  const { row, vocabulary, features, place, run } = asked
  const label = row.label === null ? null : idAt(vocabulary.classes, row.label)
  const classes = classesOf(asked, features)
  return { video: row.id, run, label, classes, frames: [...place.frames], alike: alikeOf(asked, facts) }
}

/** What the classifier says of a video; with an explanation run also which classes nothing tells apart. */
export async function predictTask(
  session: TaskSession,
  { bundle }: AskTask,
  signal: AbortSignal,
): Promise<z.infer<typeof Prediction>> {
  const asked = await ask(session, bundle, signal)
  const explainer = asked.explainer && session.explainer(asked.files, asked.explainer, asked.target)
  return predictionOf(asked, explainer ? explainer.facts : null)
}

/** Groups of classes whose attribute sets are equal. */
function alikeOf({ vocabulary }: Asked, facts: TrainingFacts | null): ClassId[][] {
  const groups = Map.groupBy(vocabulary.classes.entries(), ([c]) => (facts?.classSets[c] ?? [`class ${c}`]).join())
  return [...groups.values()].flatMap((group) => (group.length > 1 ? [group.map(([, { id }]) => id)] : []))
}

/** The model's number of a class. Throws Failure UNKNOWN_NAME for one that it was not trained on. */
export function classNumber({ vocabulary }: Asked, id: ClassId): number {
  const number = vocabulary.classes.findIndex((entry) => entry.id === id)
  if (number < 0)
    throw new Failure('UNKNOWN_NAME', {
      kind: 'class of this model',
      name: id,
      known: vocabulary.classes.map(({ name }) => name),
    })
  return number
}

/** The model's number of an attribute. Throws Failure UNKNOWN_NAME for one that it was not trained on. */
export function attributeNumber({ vocabulary }: Asked, id: AttributeId): number {
  const number = vocabulary.attributes.findIndex((entry) => entry.id === id)
  const known = vocabulary.attributes.map(({ name }) => name)
  if (number < 0) throw new Failure('UNKNOWN_NAME', { kind: 'attribute of this model', name: id, known })
  return number
}
