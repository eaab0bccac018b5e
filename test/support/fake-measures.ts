import type { Evaluation, Outcome } from '@shared/contract/evaluation'
import type { Card, SecondOpinion } from '@shared/contract/explanation'
import { EvaluationConfig } from '@shared/config/evaluation'
import { AttributeId, ClassId, EvaluationId, JobId, OutcomeId, RunId, VideoId } from '@shared/ids'
import type { FakeState, Implementer } from './fake-api'

const frames = [0, 2, 4, 6, 8, 10, 12, 14]

/** A tube that moves to the right by a cell a frame. */
export function aTube(from = 0, to = frames.length) {
  return frames.slice(from, to).map((frame) => ({ frame, box: { x1: frame, y1: 8, x2: frame + 24, y2: 32 } }))
}

export function aCard(index: number, of: Partial<Card> = {}): Card {
  const score = 4 - 2 * index
  return {
    ...{ attribute: AttributeId.parse(`a${index}`), name: ['pole', 'ball', 'ring', 'flag'][index] ?? 'word', score },
    ...{ minScore: score - 3, mean: score - 1, tube: aTube(), tap: 'block3', shape: { rows: 3, cols: 3 } },
    perFrame: frames.map((frame) => ({ frame, delta: score - frame / 20, covered: true })),
    ...{ presence: index === 0 ? 0.97 : 0.04, tubeScore: score },
    ...{
      rankedBy: 'min' as const,
      rank: of.minScore ?? score - 3,
      trainedOn: 40,
      evidenceThreshold: null,
    },
    ...{ assigned: index < 2, source: index < 2 ? ('person' as const) : null },
    ...{ iou: index === 0 ? 0.62 : null, supported: score > 0 },
    ...of,
  }
}

export function aSecondOpinion(of: Partial<SecondOpinion> = {}): SecondOpinion {
  return {
    ...{ method: 'gradCamDifference', attribute: AttributeId.parse('a0'), name: 'pole', presence: 0.9, assigned: true },
    ...{ tube: aTube(), agreement: 0.62, agrees: true },
    ...of,
  }
}

export function anOutcome(index: number, of: Partial<Outcome> = {}): Outcome {
  return {
    ...{ id: OutcomeId.parse(`o${index}`), video: VideoId.parse(`v${index}`), videoName: `test_${index}` },
    ...{ method: 'method', pos: ClassId.parse('c1'), neg: ClassId.parse('c2'), label: ClassId.parse('c1') },
    ...{ attribute: AttributeId.parse(`a${index % 3}`), rank: 0, score: 2, minScore: -1, tube: aTube() },
    ...{ iou: (index % 10) / 10, assigned: index % 4 !== 0, hasBoxes: true, hitRank: index % 3 === 0 ? null : 1 },
    ...{ covers: AttributeId.parse(`a${(index + 1) % 3}`), right: index % 4 !== 0, negRank: 1, negTies: 0 },
    ...{ posBefore: 0.9, posAfter: 0.4, negBefore: 0.05, negAfter: 0.5, mark: null },
    ...{ unionNegRank: null, unionNegTies: null, area: 1, supported: true, presence: 0.97, agreement: null },
    ...of,
  }
}

export function anEvaluation(of: Partial<Evaluation> = {}): Evaluation {
  const metric = (value: number) => ({ value, count: 40, low: value - 0.05, high: value + 0.05 })
  const metrics = (value: number) => ({
    ncaTop1: metric(value - 0.1),
    ncaTop3: metric(value),
    conceptTop1: metric(value),
  })
  return {
    ...{ id: EvaluationId.parse('e1'), name: 'Evaluation 1', run: RunId.parse('r2'), state: 'done', job: null },
    config: EvaluationConfig.parse({}),
    columns: [
      { method: 'method', metrics: metrics(0.9) },
      { method: 'randomTube', metrics: metrics(0.4) },
    ],
    ...{ notes: [], staleVideos: 0, failure: null, createdAt: 1, seconds: 12 },
    ...of,
  }
}

/** Explanations and evaluations of the fake studio. */
export function fakeMeasures(os: Implementer, state: FakeState) {
  const classes = () => {
    const [a, b] = state.classes
    const probability = (i: number) => (i === 0 ? 0.8 : i === 1 ? 0.15 : 0.05 / Math.max(1, state.classes.length - 2))
    return a && b
      ? state.classes.map(({ id, name }, i) => ({ class: id, name, probability: probability(i), logit: 5 - i }))
      : []
  }
  const run = RunId.parse('r2')
  const prediction = (video: VideoId) => ({
    video,
    run,
    label: state.classes[0]?.id ?? null,
    classes: classes(),
    frames,
  })
  const explain = ({ video, pos, neg, count }: { video: VideoId; pos?: ClassId; neg?: ClassId; count: number }) => ({
    ...{ video, run, pos: pos ?? ClassId.parse('c0'), neg: neg ?? ClassId.parse('c1'), prediction: prediction(video) },
    options: { select: 'min' as const, trim: false, tubes: 'own' as const, maxTubes: 4 },
    cards: [0, 1, 2, 3].slice(0, count).map((i) => aCard(i)),
    steps: [],
  })
  const outcomes = Array.from({ length: 40 }, (_, i) => anOutcome(i))
  let evaluations = [anEvaluation()]
  return {
    explanation: {
      predict: os.explanation.predict.handler(({ input }) => prediction(input.video)),
      explain: os.explanation.explain.handler(({ input }) => explain(input)),
      second: os.explanation.second.handler(() => ({ opinion: aSecondOpinion(), reason: null })),
      check: os.explanation.check.handler(({ input }) => ({
        ...{ before: classes(), after: classes().toReversed(), random: classes(), randomTube: aTube(2, 6) },
        ...{ fill: input.fill, fillColor: [118, 120, 119] as [number, number, number] },
      })),
      heat: os.explanation.heat.handler(() => ({
        ...{ frames, rows: 8, cols: 8, area: { x1: 0, y1: 0, x2: 64, y2: 64 } },
        values: Array.from({ length: frames.length * 64 }, (_, i) => Math.sin(i / 9)),
      })),
      html: os.explanation.html.handler(() => ({ html: '<!doctype html><title>Why?</title>' })),
    },
    films: {
      tube: os.films.tube.handler(({ input }) => ({ type: `a ${input.format}`, base64: btoa('film') })),
      outcomes: os.films.outcomes.handler(({ input }) => ({ type: `a ${input.format}`, base64: btoa('file') })),
    },
    evaluation: {
      list: os.evaluation.list.handler(() => evaluations),
      get: os.evaluation.get.handler(() => evaluations[0] ?? anEvaluation()),
      start: os.evaluation.start.handler(() => ({ evaluation: EvaluationId.parse('e2'), job: JobId.parse('j8') })),
      outcomes: os.evaluation.outcomes.handler(({ input }) =>
        outcomes.filter((one) => !input.failures || one.iou <= input.iouThreshold),
      ),
      mark: os.evaluation.mark.handler(({ input }) => {
        const at = outcomes.findIndex(({ id }) => id === input.id)
        const marked = { ...(outcomes[at] ?? anOutcome(0)), mark: input.mark }
        outcomes[at] = marked
        return marked
      }),
      remove: os.evaluation.remove.handler(({ input }) => {
        evaluations = evaluations.filter(({ id }) => id !== input.id)
        return null
      }),
    },
  }
}
