import type { z } from 'zod'
import type { Card, Explanation } from '@shared/contract/explanation'
import { Failure } from '@shared/failures'
import { mapFrameAt } from '@shared/tap-geometry'
import { volumeIou } from '@shared/geometry/tube'
import { areMost, tubesOf, withPlacedTubes } from '@main/explanation/answers'
import { type AttributeEvidence, ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { regionOf } from '@main/explanation/region'
import { type IterateStep, excludingTubes, iterateTubes } from '@main/explanation/several-tubes'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { sigmoid } from '@main/learning/explainer/presence/presence-head'
import { shapes } from '@main/learning/search/shapes'
import { middleWindow } from '@main/worker/session/computed-features'
import { tubeOf } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import type { ExplainTask } from '@main/runs/worker-tasks'
import { idAt } from '@main/worker/session/model-names'
import { type Asked, ask, classNumber, classesOf, nextTurn, predictionOf } from './question'

type Answer = z.infer<typeof Explanation>

/** Attributes searched before the next look whether somebody still wants to know. */
const attributesAtOnce = 16

export interface Explained {
  asked: Asked
  answer: Answer
}

/** Answers "why A, not B?" for one video. */
export async function explainTask(session: TaskSession, task: ExplainTask, signal: AbortSignal): Promise<Answer> {
  return (await explained(session, task, signal)).answer
}

export async function explained(session: TaskSession, task: ExplainTask, signal: AbortSignal): Promise<Explained> {
  const asked = await ask(session, task.bundle, signal)
  if (!asked.explainer) throw new Failure('NO_EXPLAINER', {})
  const { model, config } = session.explainer(asked.files, asked.explainer, asked.target)
  const { pos, neg } = pairOf(asked, task)
  const options = { ...task.options, tubes: usedTubes(model, task.options.tubes) }
  const search = { movement: config.movement, link: config.link }
  const prediction = predictionOf(asked)
  const about = {
    ...{ video: asked.row.id, run: asked.run, prediction, options },
    pos: idAt(asked.vocabulary.classes, pos),
    neg: idAt(asked.vocabulary.classes, neg),
  }
  const card = (evidence: AttributeEvidence) => cardOf(asked, model, evidence)
  if (options.tubes === 'iterate') {
    const { target, input, size, colours } = asked
    const fill = { size, fill: 'mean' as const, colours }
    const steps = await iterateTubes({ target, model, input, pos, neg, options, search, ...fill, signal })
    const answer = {
      ...about,
      cards: steps.map(({ evidence }) => card(evidence)),
      steps: steps.map((s) => stepOf(asked, s)),
    }
    return { asked, answer }
  }
  const prepared = model.prepare(asked.features)
  const found: AttributeEvidence[] = []
  const shown = options.tubes === 'placed' && areMost(task.count, model.attributes)
  for (const attributes of someAtATime(Array.from({ length: model.attributes }, (_, s) => s))) {
    found.push(...searchAttributes(model, prepared, { pos, neg, search, trim: options.trim, attributes, shown }))
    await nextTurn(signal)
  }
  const all = ranked(found, options.select, model.presence)
  const best = options.tubes === 'exclude' ? excludingTubes(all, search, task.count) : all.slice(0, task.count)
  if (options.tubes !== 'placed') return { asked, answer: { ...about, cards: best.map(card), steps: [] } }
  const placed: AttributeEvidence[] = []
  for (const evidence of someAtATime(best)) {
    placed.push(...withPlacedTubes(model, prepared, { evidence, search, trim: options.trim }))
    await nextTurn(signal)
  }
  return { asked, answer: { ...about, cards: placed.map(card), steps: [] } }
}

/** A list in pieces, between which a question can be stopped. */
function someAtATime<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / attributesAtOnce) }, (_, i) =>
    all.slice(i * attributesAtOnce, (i + 1) * attributesAtOnce),
  )
}

/** As asked; the answer says `own` where a model has no head to place tubes with. */
function usedTubes(model: ExplainerModel, tubes: ExplainTask['options']['tubes']): ExplainTask['options']['tubes'] {
  return tubes === 'iterate' ? tubes : tubesOf(model, tubes)
}

/** A defaults to the prediction, B to the best of the others. */
export function pairOf(asked: Asked, task: Pick<ExplainTask, 'pos' | 'neg'>): { pos: number; neg: number } {
  const order = classesOf(asked, asked.features).map((entry) => classNumber(asked, entry.class))
  const pos = task.pos === undefined ? (order[0] ?? 0) : classNumber(asked, task.pos)
  const given = task.neg === undefined ? undefined : classNumber(asked, task.neg)
  const neg = given ?? order.find((c) => c !== pos) ?? pos
  if (pos === neg) throw new Failure('SAME_CLASS', { class: asked.vocabulary.classes[pos]?.name ?? '' })
  return { pos, neg }
}

function cardOf(asked: Asked, model: ExplainerModel, evidence: AttributeEvidence): z.infer<typeof Card> {
  const { vocabulary, place, row, size, clips } = asked
  const { attribute, score, minScore, mean, presence, tube, perFrame } = evidence
  const region = regionOf(model, tube.cells, size)
  const [first] = tube.cells
  const named = vocabulary.attributes[attribute]
  if (!first || !named) throw new Error('a tube has at least one cell and a name')
  const time = model.time(first.tap)
  const deltaAt = (t: number) => perFrame[mapFrameAt(time, t)] ?? 0
  const boxes = clips.truth(0, middleWindow).get(attribute)
  const sampled = region.map((_, frame) => frame)
  const truth = boxes && new Map(boxes.map((list, frame) => [frame, list]))
  const said = region.flatMap((box, frame) => (box ? [{ frame, box }] : []))
  return {
    attribute: named.id,
    name: named.name,
    ...{ score, minScore, mean },
    presence: presence === null ? null : sigmoid(presence),
    tube: tubeOf(region, place),
    tubeScore: tube.score,
    tap: model.taps[first.tap]?.name ?? '',
    shape: shapes[first.shape] ?? shapes[0],
    perFrame: region.map((box, t) => ({ frame: place.frames[t] ?? 0, delta: deltaAt(t), covered: box !== null })),
    assigned: row.assigned.includes(attribute),
    iou: truth ? volumeIou(said, truth, sampled) : null,
    supported: score > 0,
  }
}

function stepOf(asked: Asked, { evidence, probabilities }: IterateStep): Answer['steps'][number] {
  // Logits of a step are not kept; ln p differs from them by one number for all classes.
  const scores = { probabilities, logits: probabilities.map(Math.log) }
  return { attribute: idAt(asked.vocabulary.attributes, evidence.attribute), probabilities: classesOf(asked, scores) }
}
