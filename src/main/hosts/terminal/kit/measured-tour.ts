import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import type { Evaluation, Metric } from '@shared/contract/evaluation'
import type { Run } from '@shared/contract/learning'
import type { EvaluationId, JobId } from '@shared/ids'
import type { ReportExample } from '@main/report/report-example'
import { methodVersion } from '@shared/method-version'
import type { Report } from '@main/system/engine-service'
import type { Workspace } from '@main/workspace'
import { classifierNumbers } from '@main/report/classifier-numbers'
import { allPairsEvaluation, tourEvaluation } from '@main/sample/tour-evaluation'

/** Waits for a job; `label` is what is then done. */
export interface TourSteps {
  follow: (job: JobId, label: string) => Promise<void>
}

export interface TourResult {
  classifier: Run
  explainer: Run
  evaluation: Evaluation
  /** The same model on every kind of question. */
  allPairs: Evaluation
  /** A few answers with their pictures. */
  examples: ReportExample[]
}

const shownExamples = 4

/** The whole path on the sample data set: draw and import, train both models, measure. */
export async function runTour(
  workspace: Workspace,
  { seed, steps, signal }: { seed: number; steps: TourSteps; signal: AbortSignal },
): Promise<TourResult> {
  const { samples, runs, evaluations } = workspace
  const drawn = await samples.start(SampleConfig.parse({ seed }))
  await steps.follow(drawn.job, 'ShapeActs drawn and imported')
  signal.throwIfAborted()
  const target = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed })
  const first = await runs.start({ kind: 'classifier', preset: 'Tour', name: 'Tour classifier', config: target })
  await steps.follow(first.job, 'classifier trained')
  const config = ExplainerConfig.parse({ ...explainerPresets.Recommended.settings, seed })
  const explains = first.run
  const second = await runs.start({
    kind: 'explainer',
    preset: 'Recommended',
    name: 'Tour explainer',
    explains,
    config,
  })
  await steps.follow(second.job, 'explainer trained')
  const third = await evaluations.start({ run: second.run, config: tourEvaluation(seed) })
  await steps.follow(third.job, 'explanations measured')
  const fourth = await evaluations.start({ run: second.run, config: allPairsEvaluation(seed) })
  await steps.follow(fourth.job, 'every kind of question measured')
  return {
    classifier: runs.get(first.run),
    explainer: runs.get(second.run),
    evaluation: evaluations.get(third.evaluation),
    allPairs: evaluations.get(fourth.evaluation),
    examples: await examplesOf(workspace, third.evaluation, signal),
  }
}

/** Answers to a few of the questions that were measured, each for another class. */
async function examplesOf(
  workspace: Workspace,
  evaluation: EvaluationId,
  signal: AbortSignal,
): Promise<ReportExample[]> {
  const rows = workspace.evaluations.outcomes({ evaluation })
  const byClass = [...Map.groupBy(rows, ({ pos }) => pos).values()].flatMap(([first]) => first ?? [])
  const examples: ReportExample[] = []
  for (const { video, pos, neg } of byClass.slice(0, shownExamples))
    examples.push(await workspace.explanations.example({ video, pos, neg, count: 2 }, signal))
  return examples
}

const methods = ['method', 'selectByMax', 'randomTube', 'trueTube'] as const
const keys = [
  'rightAttribute',
  'conceptTop1',
  'conceptTop3',
  'ncaTop1',
  'ncaTop3',
  'probabilityDecrease',
  'relativeDrop',
  'tubeIou',
]

/** The numbers of a tour, as scripts read them. */
export function tourSummary(
  { classifier, explainer, evaluation, allPairs }: TourResult,
  { seconds, engine }: { seconds: number; engine: Report },
) {
  const metric = ({ columns }: Evaluation, method: string, key: string) =>
    columns.find((column) => column.method === method)?.metrics[key]
  const of = (method: string, key: string) => metric(evaluation, method, key)?.value ?? null
  const ofAll = (method: string, key: string) => metric(allPairs, method, key)?.value ?? null
  const numbers = (method: string) => Object.fromEntries(keys.map((key) => [key, of(method, key)]))
  const { backend, version, device, reason } = engine
  return {
    seconds,
    methodVersion,
    engine: { backend, version, device, reason },
    classifier: classifierNumbers(classifier),
    ...(Object.fromEntries(methods.map((method) => [method, numbers(method)])) as Record<
      (typeof methods)[number],
      Record<string, number | null>
    >),
    classPrior: { rightAttribute: of('classPrior', 'rightAttribute') },
    evidence: {
      falseRate: ofAll('method', 'falseEvidence'),
      falseInterval: intervalOf(metric(allPairs, 'method', 'falseEvidence')),
      missedRate: ofAll('method', 'missedEvidence'),
      missedInterval: intervalOf(metric(allPairs, 'method', 'missedEvidence')),
      threshold: explainer.headline.evidenceThreshold ?? null,
    },
    allPairs: { ncaTop1: ofAll('method', 'ncaTop1'), randomNcaTop1: ofAll('randomTube', 'ncaTop1') },
    randomTube: { ...numbers('randomTube'), areaRatio: of('randomTube', 'areaRatio') },
    agreement: {
      overlap: ofAll('method', 'agreement'),
      ncaTop1Agreeing: ofAll('method', 'ncaTop1Agreeing'),
      ncaTop1Apart: ofAll('method', 'ncaTop1Apart'),
      gradCamNcaTop1: ofAll('gradCamDifference', 'ncaTop1'),
    },
    pairs: evaluation.columns.find(({ method }) => method === 'method')?.metrics.ncaTop1?.count ?? 0,
  }
}

function intervalOf(metric: Metric | undefined): [number | null, number | null, number] | null {
  return metric ? [metric.low, metric.high, metric.count] : null
}
