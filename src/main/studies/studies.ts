import { ClassifierConfig, classifierPresets, type ClassifierSettings } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import { evaluate, type EvaluationInput } from '@main/evaluation/evaluate'
import { crowdHeadline, runCrowd } from './crowd/crowd-study'
import { evidenceHeadline, evidenceRows } from './evidence'
import { proveSample } from './prove-sample'
import { keptSampleClassifier, type SampleClassifier, sampleEvaluation, trainSampleExplainer } from './trained-sample'
import { type Numbers, numbersOf } from './numbers'
import { paperSize } from './paper-size'
import type { RealPlaces } from './real/real-project'
import { type RealSet, realSets } from './real/real-set'
import { realHeadline, realRows } from './real/real-study'
import { runSizeCase, sizeCases } from './size-study'
import { twoApart } from './two-apart'
import { variantHeadline, variantRows } from './variants'

/** One training of a study, for one seed; its numbers by row of the table. */
export interface StudyCase {
  study: string
  name: string
  /**
   * @param keep a folder for classifiers, so that a study that was stopped need not train them again
   * @param places where its clips are, for a study of real ones
   */
  run(seed: number, keep: string | null, places?: RealPlaces): Promise<Record<string, Numbers>>
  /** It looks at real clips, which somebody must say the place of. */
  real?: boolean
  /** The case in a few numbers, from the means of its rows over the seeds, and from the rows of each seed. */
  headline?(
    means: Readonly<Record<string, Numbers>>,
    runs: readonly Readonly<Record<string, Numbers>>[],
  ): Record<string, unknown>
}

/** The questions of the method that docs/results.md answers. */
export const studyCases: readonly StudyCase[] = [
  ...sizeCases.map((size) => ({ study: 'size', name: size.name, run: (seed: number) => runSizeCase(size, seed) })),
  ...(['T1', 'T2'] as const).map((tier) => ({
    study: 'tiers',
    name: tier,
    run: (seed: number) => runTier(tier, seed),
  })),
  { study: 'pairs', name: 'two-apart', run: runPairs, headline: pairsHeadline },
  { study: 'variants', name: 'follows-clip', run: runVariants, headline: variantHeadline },
  { study: 'evidence', name: 'no-evidence', run: runEvidence, headline: evidenceHeadline },
  ...Object.entries(realSets).map(([study, set]) => ({
    ...{ study, name: 'people', real: true },
    headline: (_means: unknown, runs: readonly Readonly<Record<string, Numbers>>[]) => realHeadline(set, runs),
    run: (seed: number, _keep: string | null, places?: RealPlaces) => runReal(set, places, seed),
  })),
  { study: 'campaigns', name: 'crowd', run: runCrowd, headline: crowdHeadline },
  { study: 'memory', name: 'paper-size', run: paperSize },
  ...[1, 2, 3].map((fcLayers) => ({
    ...{ study: 'layers', name: `fc${fcLayers}` },
    run: (seed: number) => runLayers(fcLayers, seed),
  })),
]

const baselines = EvaluationConfig.shape.baselines.unwrap().element.options
/** ShapeActs boxes no actor. */
const everyBaseline = baselines.filter((name) => name !== 'actorTube')
/** Those that know places only: their attribute is drawn, as in the paper, or that of the class pair, which is fairer. */
const placesOnly = everyBaseline.filter((name) => !['trueTube', 'positiveOnly'].includes(name))

/** A tier with every baseline: a row for each way to explain, and one for the classifier and the checks. */
async function runTier(tier: SampleConfig['tier'], seed: number): Promise<Record<string, Numbers>> {
  const asked = [{ baselines: everyBaseline }, { baselines: placesOnly, baselineAttribute: 'prior' as const }]
  const proof = await proveSample({ tier, seed }, () => undefined, asked)
  const { trimmed, randomisedExplainer, randomisedNetwork, checks, more, testAccuracy, testConfidence } = proof
  const [drawn = [], prior = []] = more
  const known = Object.entries(checks).filter((entry): entry is [string, number] => entry[1] !== null)
  const named = prior.filter(({ method }) => placesOnly.some((name) => name === method))
  return {
    about: { accuracy: testAccuracy, confidence: testConfidence, ...Object.fromEntries(known) },
    ...Object.fromEntries(drawn.map(({ method }) => [method, numbersOf({ columns: drawn }, method)])),
    ...Object.fromEntries(named.map(({ method }) => [`${method}, prior`, numbersOf({ columns: prior }, method)])),
    trimmed: numbersOf({ columns: trimmed }, 'method'),
    explainerRandomised: numbersOf({ columns: randomisedExplainer }, 'method'),
    networkRandomised: numbersOf({ columns: randomisedNetwork }, 'method'),
  }
}

/** Pairs that differ twice; and how tubes lie where they differ once, placed and each attribute's own. */
async function runPairs(seed: number, keep: string | null): Promise<Record<string, Numbers>> {
  const sample = SampleConfig.parse({ seed })
  return withTrained(sample, { keep }, async (input, { accuracy }) => {
    const { pairs, ...ways } = await twoApart(input, sample)
    const once = async (tubes: EvaluationConfig['tubes']) =>
      numbersOf(await evaluate({ ...input, config: { ...input.config, tubes, baselines: [] } }), 'method')
    return { about: { accuracy, pairs }, ...ways, oncePlaced: await once('placed'), onceOwn: await once('own') }
  })
}

function pairsHeadline(means: Readonly<Record<string, Numbers>>): Record<string, unknown> {
  const way = (name: string) => {
    const { fits, hit, iou } = means[name] ?? {}
    return { onWhatItNames: fits, ncaTop1: hit, tubeIou: iou }
  }
  return {
    ...{ placed: way('placed'), own: way('own'), exclude: way('exclude') },
    ...{ iterate: way('iterate4'), iteratePlaced: way('iterate4Placed') },
    removeOne: { placed: means.oncePlaced, own: means.onceOwn },
  }
}

async function runVariants(seed: number, keep: string | null): Promise<Record<string, Numbers>> {
  const sample = SampleConfig.parse({ seed, tier: 'T2', optionalAttributes: 0.5 })
  const settings = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed })
  const classifier = await keptSampleClassifier(sample, settings, keep)
  try {
    return await variantRows(classifier, sample, ExplainerConfig.parse({ seed }))
  } finally {
    classifier.model.dispose()
  }
}

async function runReal(set: RealSet, places: RealPlaces | undefined, seed: number): Promise<Record<string, Numbers>> {
  if (!places) throw new Error('a study of real clips is told where they are')
  return realRows(set, places, seed)
}

async function runEvidence(seed: number, keep: string | null): Promise<Record<string, Numbers>> {
  const settings = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed })
  const classifier = await keptSampleClassifier(SampleConfig.parse({ seed }), settings, keep)
  try {
    return await evidenceRows(classifier, ExplainerConfig.parse({ seed }))
  } finally {
    classifier.model.dispose()
  }
}

/**
 * Table 4 of the paper: NCA on the three likeliest negatives with one to three fully connected layers. Gradients are
 * clipped: without that a second fully connected layer hardly learns at this learning rate (accuracy .52).
 */
async function runLayers(fcLayers: number, seed: number): Promise<Record<string, Numbers>> {
  const changes = { fcLayers, clipNorm: 1 }
  return withTrained(SampleConfig.parse({ seed }), { changes, keep: null }, async (input, { accuracy }) => {
    const config = { ...input.config, pairs: 'top' as const, negatives: 3 }
    const result = await evaluate({ ...input, config })
    return {
      [`fc${fcLayers}`]: {
        ...{ accuracy, confidence: result.confidence },
        ...numbersOf(result, 'method'),
        ...numbersOf(result, 'randomTube', 'random'),
      },
    }
  })
}

async function withTrained<T>(
  sample: SampleConfig,
  { changes = {}, keep }: { changes?: ClassifierSettings; keep: string | null },
  use: (input: EvaluationInput, classifier: SampleClassifier) => Promise<T>,
): Promise<T> {
  const { seed } = sample
  const settings = { ...classifierPresets.Tour.settings, ...changes, seed }
  const classifier = await keptSampleClassifier(sample, ClassifierConfig.parse(settings), keep)
  try {
    const config = ExplainerConfig.parse({ seed })
    const explainer = await trainSampleExplainer(classifier, config)
    return await use(sampleEvaluation(classifier, explainer, { config }), classifier)
  } finally {
    classifier.model.dispose()
  }
}
