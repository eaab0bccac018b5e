import type { z } from 'zod'
import type { ClassProbability, Prediction } from '@shared/contract/explanation'
import { Failure } from '@shared/failures'
import type { AttributeId, ClassId, RunId, VideoId } from '@shared/ids'
import { type ClassScores, featuresOf, inputOf } from '@main/explanation/classify'
import type { ClipSize } from '@main/explanation/region'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { Vocabulary } from '@main/store/repositories/run-repository'
import { type ClipRow, clipRow } from '@main/runs/clip-rows'
import { middleWindow } from '@main/worker/session/computed-features'
import type { OpenedTarget } from '@main/worker/session/opened-target'
import type { ProjectClips } from '@main/worker/session/project-clips'
import type { ClipPlace } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import type { AskTask } from '@main/runs/worker-tasks'
import { idAt } from './evaluate'
import { clipsFor, orderOf } from './run-data'

/** One video before one model: what every question begins with. */
export interface Asked extends Pick<OpenedTarget, 'colours' | 'meanColour'> {
  /** The run that was asked: a classifier's or an explainer's. */
  run: RunId
  /** The explainer's run where there is one. */
  explainer: RunId | null
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
export async function ask(session: TaskSession, { project, video, run: id }: AskTask): Promise<Asked> {
  const { run, vocabulary, row } = await session.reading(project, (repositories) => {
    const vocabulary = repositories.runs.vocabulary(id)
    const row = clipRow(repositories, project, { video, order: orderOf(vocabulary) })
    return { run: repositories.runs.get(id), vocabulary, row }
  })
  if (!row) throw new Failure('VIDEO_UNREADABLE', { path: video, reason: 'It has no pictures.' })
  const { model: target, shape, colours, meanColour } = await session.target(project, run.explains ?? run.id)
  const clips = clipsFor(session, [row], { vocabulary, shape })
  const { pixels } = await clips.read([0], middleWindow)
  const input = inputOf(target, pixels)
  const [features] = await featuresOf(target, [input])
  if (!features) throw new Error('the classifier said nothing')
  return {
    ...{
      run: id,
      explainer: run.kind === 'explainer' ? id : null,
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
    place: { frames: clips.frames(0, middleWindow), affine: clips.toSource(0) },
  }
}

/** Every class with what the model says of it, largest first. */
export function classesOf({ vocabulary }: Asked, { probabilities, logits }: ClassScores) {
  const list = vocabulary.classes.map(({ id, name }, c): z.infer<typeof ClassProbability> => {
    return { class: id, name, probability: probabilities[c] ?? 0, logit: logits[c] ?? 0 }
  })
  return list.sort((a, b) => b.probability - a.probability)
}

export function predictionOf(asked: Asked, video: VideoId): z.infer<typeof Prediction> {
  const { row, vocabulary, features, place, run } = asked
  const label = row.label === null ? null : idAt(vocabulary.classes, row.label)
  return { video, run, label, classes: classesOf(asked, features), frames: [...place.frames] }
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
