import type { ExplainerConfig } from '@shared/config/explainer'
import type { EvaluationConfig } from '@shared/config/evaluation'
import { evaluate } from '@main/evaluation/evaluate'
import { type TrainingFacts, trainingFacts } from '@main/evaluation/training-facts'
import { wilson } from '@main/evaluation/wilson'
import type { ClipFeatures } from '@main/learning/explainer/clip-features'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { type EvidenceAnswer, everyQuestion, type Rule, rules } from './every-question'
import { type Numbers, numbersOf } from './numbers'
import {
  type SampleClassifier,
  type SampleTeaching,
  sampleEvaluation,
  sampleFeatures,
  teachSample,
} from './trained-sample'

/** Words that no clip has, added to the vocabulary. */
const untrainedWords = 2

/**
 * Does the studio say when there is no evidence? All pairs of classes on clips that nothing was chosen on; a vocabulary without
 * the word that tells every class from another one, so that pairs of classes have equal sets; and one with words of no clip.
 */
export async function evidenceRows(
  classifier: SampleClassifier,
  config: ExplainerConfig,
): Promise<Record<string, Numbers>> {
  const { train, accuracy } = classifier
  const features = await sampleFeatures(classifier, config)
  const own: SampleTeaching = { attributes: train.attributes, assigned: (i) => train.assigned(i) }
  const shorter: SampleTeaching = {
    attributes: train.attributes - 1,
    assigned: (i) => train.assigned(i).flatMap((s) => (s > 0 ? [s - 1] : [])),
  }
  const longer = { ...own, attributes: train.attributes + untrainedWords }
  const [plain, equal, more] = [
    await taught(classifier, config, { ...own, features }),
    await taught(classifier, config, { ...shorter, features }),
    await taught(classifier, config, { ...longer, features }),
  ]
  const ask = ({ model, facts }: Taught, asked?: { every: boolean }) =>
    everyQuestion(sampleEvaluation(classifier, model, { config }), facts, asked)
  const answers = await ask(plain)
  const { min, max } = plain.facts.evidence
  return {
    about: {
      ...{ accuracy, separation: min.separation ?? NaN },
      ...{ threshold: min.threshold ?? NaN, thresholdMax: max.threshold ?? NaN },
      ...{ calibratedWithout: min.without, calibratedWith: min.with },
    },
    min: told(answers, 'min'),
    max: told(answers, 'max'),
    ...(await masked(classifier, plain, config)),
    'equal sets': confidentOf(await ask(equal), equal.facts),
    'untrained words': {
      ...firstPlaces(await ask(more), train.attributes),
      ...prefixed(firstPlaces(await ask(more, { every: true }), train.attributes)),
    },
  }
}

/** Questions of each kind that are masked: a draw where there are more. */
const mostMasked = 480

/** What masking does, where one thing tells A from B and over all pairs: rows `remove1 method`, `all randomTube` and so on. */
async function masked(
  classifier: SampleClassifier,
  { model, facts }: Taught,
  config: ExplainerConfig,
): Promise<Record<string, Numbers>> {
  const rows: Record<string, Numbers> = {}
  for (const pairs of ['remove1', 'all'] as const) {
    const baselines: EvaluationConfig['baselines'] = ['randomTube', 'gradCamDifference']
    const settings = { pairs, maxPairs: mostMasked, baselines, baselineAttribute: 'presence' as const }
    const result = await evaluate({ ...sampleEvaluation(classifier, model, { config, settings }), facts })
    for (const { method, metrics } of result.columns) {
      const known = ['areaRatio', 'agreement', 'ncaTop1Agreeing', 'ncaTop1Apart'].flatMap((key): [string, number][] => {
        const value = metrics[key]?.value
        return value === undefined || value === null ? [] : [[key, value]]
      })
      const questions = metrics.ncaTop1?.count ?? 0
      rows[`${pairs} ${method}`] = { questions, ...numbersOf(result, method), ...Object.fromEntries(known) }
    }
  }
  return rows
}

interface Taught {
  model: ExplainerModel
  facts: TrainingFacts
}

async function taught(
  classifier: SampleClassifier,
  config: ExplainerConfig,
  { features, ...teaching }: SampleTeaching & { features: readonly ClipFeatures[] },
): Promise<Taught> {
  const { train } = classifier
  const model = await teachSample(classifier, config, { ...teaching, features })
  const labelled = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ label: train.label(i), assigned: teaching.assigned(i) }))
  const source = {
    count: features.length,
    get: (i: number) => Promise.resolve(features[i] as ClipFeatures),
  }
  const { movement, link, falseEvidence: rate, seed } = config
  const about = { model, features: source, search: { movement, link }, rate, seed }
  const clips = { clips: labelled(features.length), reference: labelled(train.count) }
  return { model, facts: await trainingFacts(about, clips) }
}

/** How often the best card is wrongly called evidence, and how often it is wrongly not. */
export function told(answers: readonly EvidenceAnswer[], rule: Rule): Numbers {
  const of = (kind: EvidenceAnswer['kind']) => answers.filter((answer) => answer.kind === kind)
  const [without, having] = [of('without'), of('with')]
  const clips = (list: readonly EvidenceAnswer[]) => new Set(list.map(({ clip }) => clip)).size
  const falseOnes = without.filter(({ by }) => by[rule].supported).length
  const missed = having.filter(({ by }) => !by[rule].supported).length
  const aboveZero = without.filter(({ by }) => by[rule].score > 0).length
  return {
    ...{ without: without.length, clipsWithout: clips(without), falseOnes, falseRate: falseOnes / without.length },
    ...{ having: having.length, clipsHaving: clips(having), missed, missedRate: missed / having.length },
    // What the sign alone, without a level, would call evidence.
    falseAboveZero: aboveZero / without.length,
  }
}

/** Confident cards between classes of equal sets, by either rule; and what the level alone would have said. */
export function confidentOf(
  answers: readonly EvidenceAnswer[],
  { evidence }: Pick<TrainingFacts, 'evidence'>,
): Numbers {
  const equal = answers.filter(({ kind }) => kind === 'equal')
  const confident = equal.reduce((sum, { by }) => sum + by.min.confident + by.max.confident, 0)
  const byLevel = equal.filter(({ by }) => by.min.score > Math.max(0, evidence.min.threshold ?? 0)).length
  return { questions: equal.length, confident, confidentByLevelAlone: byLevel }
}

/** First places of words from `known` on, of all questions. */
export function firstPlaces(answers: readonly EvidenceAnswer[], known: number): Numbers {
  const [byMin, byMax] = rules.map((rule) => answers.filter(({ by }) => by[rule].attribute >= known).length)
  return { questions: answers.length, firstByMin: byMin ?? NaN, firstByMax: byMax ?? NaN }
}

function prefixed({ firstByMin = NaN, firstByMax = NaN }: Numbers): Numbers {
  return { firstByMinIfRanked: firstByMin, firstByMaxIfRanked: firstByMax }
}

/** The study in a few numbers, over all questions of all seeds; intervals are Wilson's, of clips. */
export function evidenceHeadline(
  means: Readonly<Record<string, Numbers>>,
  runs: readonly Readonly<Record<string, Numbers>>[],
): Record<string, unknown> {
  const sum = (row: string, key: string) => runs.reduce((all, rows) => all + (rows[row]?.[key] ?? NaN), 0)
  const rate = (rule: Rule, wrong: string, of: string, clips: string) => {
    const share = sum(rule, wrong) / sum(rule, of)
    const { low, high } = wilson(share, sum(rule, clips))
    return { share, interval: [low, high], questions: sum(rule, of), clips: sum(rule, clips) }
  }
  const ruled = (rule: Rule) => ({
    false: rate(rule, 'falseOnes', 'without', 'clipsWithout'),
    missed: rate(rule, 'missed', 'having', 'clipsHaving'),
  })
  const { min, max } = { min: ruled('min'), max: ruled('max') }
  const of = (row: string, key: string) => means[row]?.[key] ?? null
  const kind = (pairs: string) => ({
    questions: sum(`${pairs} method`, 'questions'),
    ncaTop1: of(`${pairs} method`, 'ncaTop1'),
    randomNcaTop1: of(`${pairs} randomTube`, 'ncaTop1'),
    gradCamNcaTop1: of(`${pairs} gradCamDifference`, 'ncaTop1'),
    maxNcaTop1: of(`${pairs} selectByMax`, 'ncaTop1'),
    rightAttribute: of(`${pairs} method`, 'rightAttribute'),
    tubeIou: of(`${pairs} method`, 'tubeIou'),
    agreement: of(`${pairs} method`, 'agreement'),
    ncaTop1Agreeing: of(`${pairs} method`, 'ncaTop1Agreeing'),
    ncaTop1Apart: of(`${pairs} method`, 'ncaTop1Apart'),
  })
  return {
    ...{ removeOne: kind('remove1'), allPairs: kind('all') },
    ...{ falseRate: min.false.share, missedRate: min.missed.share, threshold: means.about?.threshold ?? NaN },
    ...{ byMin: min, byMax: max },
    equalSets: { questions: sum('equal sets', 'questions'), confident: sum('equal sets', 'confident') },
    untrainedWords: {
      questions: sum('untrained words', 'questions'),
      firstByMin: sum('untrained words', 'firstByMin'),
      firstByMax: sum('untrained words', 'firstByMax'),
    },
  }
}
