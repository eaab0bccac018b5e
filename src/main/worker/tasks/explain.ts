import type { z } from 'zod'
import type { ExplainOptions } from '@shared/config/explainer'
import type { Card, Explanation } from '@shared/contract/explanation'
import { Failure } from '@shared/failures'
import { mapFrameAt } from '@shared/tap-geometry'
import { volumeIou } from '@shared/geometry/tube'
import { isSameSet, isSupported, type TrainingFacts, trainedWords } from '@main/evaluation/training-facts'
import { areMost, tubesOf, withPlacedTubes } from '@main/explanation/answers'
import { type AttributeEvidence, ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { regionOf, settled } from '@main/explanation/region'
import { type IterateStep, excludingTubes, iterateTubes } from '@main/explanation/several-tubes'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { nearTied } from '@main/learning/explainer/presence/near-tie'
import { sigmoid } from '@main/learning/explainer/presence/presence-head'
import { shapes } from '@main/learning/search/shapes'
import { cautionsOf } from '@main/worker/session/cautions'
import { middleWindow } from '@main/worker/session/computed-features'
import { tubeOf } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import type { ExplainTask } from '@main/runs/worker-tasks'
import type { WindowFeatures } from '@main/explanation/long-video'
import type { VideoDraw } from '@main/worker/session/project-clips'
import { askWhole, searchWhole } from './explain-whole'
import { EngineFeatures } from '@main/learning/explainer/products'
import { idAt } from '@main/worker/session/model-names'
import { pairOf } from './pair'
import { type Asked, ask, classesOf, nextTurn, predictionOf } from './question'
import { secondTask } from './second'

type Answer = z.infer<typeof Explanation>

/** Attributes searched before the next look whether somebody still wants to know. */
const attributesAtOnce = 16

export interface Explained {
  asked: Asked
  answer: Answer
}

/** Answers "why A, not B?" for one video. */
export async function explainTask(session: TaskSession, task: ExplainTask, signal: AbortSignal): Promise<Answer> {
  const { answer } = await explained(session, task, signal)
  return task.second ? { ...answer, second: await secondTask(session, task, signal) } : answer
}

export async function explained(session: TaskSession, task: ExplainTask, signal: AbortSignal): Promise<Explained> {
  const { asked, windows } = await askAbout(session, task, signal)
  if (!asked.explainer) throw new Failure('NO_EXPLAINER', {})
  const { model, config, facts } = session.explainer(asked.files, asked.explainer, asked.target)
  const { pos, neg } = pairOf(asked, task)
  const options = { ...task.options, tubes: usedTubes(model, task.options.tubes) }
  const search = { movement: config.movement, link: config.link }
  const prediction = predictionOf(asked, facts)
  const words = trainedWords(facts) ?? Array.from({ length: model.attributes }, (_, s) => s)
  const about = {
    ...{ video: asked.row.id, run: asked.run, prediction, options },
    pos: idAt(asked.vocabulary.classes, pos),
    neg: idAt(asked.vocabulary.classes, neg),
    sameSet: isSameSet(facts, pos, neg),
    cautions: cautionsOf(asked.classifier, facts),
    second: null,
  }
  const draw = windows ? ({ kind: 'whole' } as const) : middleWindow
  const cardsOf = (list: readonly AttributeEvidence[], all = list) =>
    list.map((evidence) =>
      cardOf(
        asked,
        { model, facts, pos, neg, draw, tubes: options.tubes, ...rankOf(model, options, { evidence, all }) },
        evidence,
      ),
    )
  if (windows) {
    const question = { pos, neg, search, options }
    const best = (await searchWhole(model, windows, { question, signal })).slice(0, task.count)
    return { asked, answer: { ...about, cards: cardsOf(best), steps: [] } }
  }
  if (options.tubes === 'iterate') {
    const { target, input, size, colours } = asked
    const fill = { size, fill: 'mean' as const, colours }
    const question = { pos, neg, options, search, attributes: words, frames: asked.place.frames }
    const steps = await iterateTubes({ target, model, input, ...question, ...fill, signal })
    const answer = {
      ...about,
      cards: steps.flatMap(({ evidence }) => cardsOf([evidence])),
      steps: steps.map((s) => stepOf(asked, s)),
    }
    return { asked, answer }
  }
  using features = new EngineFeatures(model, model.prepare(asked.features))
  const found: AttributeEvidence[] = []
  const shown = options.tubes === 'placed' && areMost(task.count, model.attributes)
  for (const attributes of someAtATime(words)) {
    found.push(...searchAttributes(model, features, { pos, neg, search, trim: options.trim, attributes, shown }))
    await nextTurn(signal)
  }
  const all = ranked(found, options.select, model.presence)
  const best = options.tubes === 'exclude' ? excludingTubes(all, search, task.count) : all.slice(0, task.count)
  if (options.tubes !== 'placed') return { asked, answer: { ...about, cards: cardsOf(best, all), steps: [] } }
  const placed: AttributeEvidence[] = []
  for (const evidence of someAtATime(best)) {
    placed.push(...withPlacedTubes(model, features, { evidence, search, trim: options.trim }))
    await nextTurn(signal)
  }
  return { asked, answer: { ...about, cards: cardsOf(placed, all), steps: [] } }
}

/** The clip in the middle, or the whole video with the features of its windows. */
async function askAbout(
  session: TaskSession,
  { bundle, options }: ExplainTask,
  signal: AbortSignal,
): Promise<Pick<Explained, 'asked'> & { windows: WindowFeatures[] | null }> {
  const asked = await ask(session, bundle, signal)
  return options.tubes === 'whole' ? askWhole(asked, signal) : { asked, windows: null }
}

/** A list in pieces, between which a question can be stopped. */
function someAtATime<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / attributesAtOnce) }, (_, i) =>
    all.slice(i * attributesAtOnce, (i + 1) * attributesAtOnce),
  )
}

/** As asked; the answer says `own` where a model has no head to place tubes with. */
function usedTubes(model: ExplainerModel, tubes: ExplainTask['options']['tubes']): ExplainTask['options']['tubes'] {
  return tubes === 'iterate' || tubes === 'whole' ? tubes : tubesOf(model, tubes)
}

type Rank = Pick<z.infer<typeof Card>, 'rankedBy' | 'rank'> & Pick<ExplainOptions, 'select'>

/** By what a card stands where it does: presence among near ties, else its weakest or its strongest tube. */
function rankOf(
  { presence: head }: ExplainerModel,
  { select }: Pick<ExplainOptions, 'select'>,
  { evidence, all }: { evidence: AttributeEvidence; all: readonly AttributeEvidence[] },
): Rank {
  const { score, minScore, presence } = evidence
  if (select === 'max') return { select, rankedBy: 'max', rank: score }
  const tied = head ? nearTied(all, head.nearTie) : []
  if (tied.length > 1 && presence !== null && tied.some(({ attribute }) => attribute === evidence.attribute))
    return { select, rankedBy: 'presence', rank: sigmoid(presence) }
  return { select, rankedBy: 'min', rank: minScore }
}

interface CardContext extends Rank {
  model: ExplainerModel
  facts: TrainingFacts | null
  pos: number
  neg: number
  draw: VideoDraw
  tubes: ExplainOptions['tubes']
}

function cardOf(
  asked: Asked,
  { model, facts, pos, neg, draw, tubes, select, rankedBy, rank }: CardContext,
  evidence: AttributeEvidence,
): z.infer<typeof Card> {
  const { vocabulary, place, row, size, clips } = asked
  const { attribute, score, minScore, mean, presence, tube, perFrame } = evidence
  const region = settled(regionOf(model, tube.cells, size), place.frames)
  const [first] = tube.cells
  const named = vocabulary.attributes[attribute]
  if (!first || !named) throw new Error('a tube has at least one cell and a name')
  const time = model.time(first.tap)
  const deltaAt = (t: number) => perFrame[mapFrameAt(time, t)] ?? 0
  const boxes = clips.truth(0, draw).get(attribute)
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
    ...{ rankedBy, rank },
    assigned: row.assigned.includes(attribute),
    source: row.sources[attribute] ?? null,
    trainedOn: facts?.wordClips[attribute] ?? null,
    iou: truth ? volumeIou(said, truth, sampled) : null,
    supported: isSupported(facts, { score, pos, neg, select }) && (tubes !== 'exclude' || tube.score > 0),
    evidenceThreshold: facts?.evidence[select].threshold ?? null,
  }
}

function stepOf(asked: Asked, { evidence, said }: IterateStep): Answer['steps'][number] {
  return { attribute: idAt(asked.vocabulary.attributes, evidence.attribute), probabilities: classesOf(asked, said) }
}
