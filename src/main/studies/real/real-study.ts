import { ClassifierConfig } from '@shared/config/classifier'
import { EvaluationConfig } from '@shared/config/evaluation'
import { ExplainerConfig } from '@shared/config/explainer'
import type { Api } from '@shared/contract'
import type { Evaluation } from '@shared/contract/evaluation'
import type { Run, StartRun } from '@shared/contract/learning'
import type { RunId } from '@shared/ids'
import { wilson } from '@main/evaluation/wilson'
import { type Numbers, numbersOf } from '@main/studies/numbers'
import { clipAnswers } from './clip-answers'
import { namedInClip, presenceOfVarying } from './named-in-clip'
import { groupFolds } from './group-folds'
import { goOn } from './go-on'
import { ended, type RealPlaces, withRealProject } from './real-project'
import type { RealSet } from './real-set'
import { videosOf } from './videos-of'

/** Each beside the method's own area; they know places only, and name what the class pair says. */
const controls = ['randomTube', 'centreCrop', 'gradCamDifference'] as const

/**
 * One seed of a set of real clips: trained on some people and measured on others, each test clip with one question, why the
 * prediction and not the runner-up.
 */
export async function realRows(set: RealSet, places: RealPlaces, seed: number): Promise<Record<string, Numbers>> {
  return withRealProject(set, places, async (api) => {
    if (set.folds) await setFold(api, set.folds, seed)
    const config = ClassifierConfig.parse({ ...set.classifier, seed })
    const classifier = await trained(api, { kind: 'classifier', preset: 'Custom', config })
    const explaining = ExplainerConfig.parse({ seed })
    const explains = classifier.id
    const explainer = await trained(api, { kind: 'explainer', preset: 'Recommended', explains, config: explaining })
    const measured = await evaluated(api, explainer.id, seed)
    const answers = await clipAnswers(api, explainer)
    const { testAccuracy, testConfidence } = classifier.headline
    const { evidenceThreshold, evidenceSeparation } = explainer.headline
    return {
      about: {
        ...{ trainClips: classifier.trainVideos, testClips: classifier.testVideos, classes: classifier.classes.length },
        ...{
          attributes: explainer.attributes.length,
          accuracy: testAccuracy ?? NaN,
          confidence: testConfidence ?? NaN,
        },
        ...{ evidenceThreshold: evidenceThreshold ?? NaN, evidenceSeparation: evidenceSeparation ?? NaN },
      },
      ...Object.fromEntries(
        measured.columns.map(({ method }) => [
          method,
          { ...numbersOf(measured, method), ...countsOf(measured, method) },
        ]),
      ),
      'named in this clip': namedInClip(answers),
      'presence of what varies': presenceOfVarying(answers),
    }
  })
}

/** Makes one part of whole groups the test, and the others the training clips. */
async function setFold(api: Api, parts: number, seed: number): Promise<void> {
  const found = await Promise.all((['train', 'test', 'none'] as const).map((split) => videosOf(api, split)))
  const rows = found.flat().sort((a, b) => (a.name < b.name ? -1 : 1))
  const clips = await Promise.all(rows.map(({ id }) => api.library.video({ id })))
  const fold = groupFolds(clips, parts)
  for (const split of ['test', 'train'] as const) {
    const own = rows.filter((_, i) => (fold[i] === seed % parts) === (split === 'test'))
    await api.library.setSplit({ videos: own.map(({ id }) => id), split })
  }
}

/** A finished run of these settings: one that is there or was begun, else a new one. */
async function trained(api: Api, start: StartRun): Promise<Run> {
  const runs = await api.learning.runs()
  const { config, kind } = start
  const explains = start.kind === 'explainer' ? start.explains : null
  const there = runs.find(
    (run) =>
      run.kind === kind &&
      (run.explains ?? null) === (explains ?? null) &&
      JSON.stringify(run.config) === JSON.stringify(config),
  )
  if (there?.state === 'done') return there
  if (there?.job) await goOn(api, there.job)
  const started = there?.job ? { run: there.id, job: there.job } : await api.learning.start(start)
  await ended(api, started.job)
  return api.learning.run({ id: started.run })
}

async function evaluated(api: Api, run: RunId, seed: number): Promise<Evaluation> {
  const config = EvaluationConfig.parse({
    ...{ pairs: 'top', negatives: 1, baselines: controls, baselineAttribute: 'prior', seed },
  })
  const { evaluation, job } = await api.evaluation.start({ run, config })
  await ended(api, job)
  return api.evaluation.get({ id: evaluation })
}

/** Questions behind what was measured of masking and of boxes. */
function countsOf({ columns }: Evaluation, method: string): Numbers {
  const metrics = columns.find((column) => column.method === method)?.metrics
  return { questions: metrics?.ncaTop1?.count ?? 0, boxed: metrics?.tubeIou?.count ?? 0 }
}

type Runs = readonly Readonly<Record<string, Numbers>>[]

/**
 * The study in a few numbers, over all questions of all seeds. Its intervals are Wilson's, of the clips: of one seed where all seeds
 * test the same ones, of all seeds where each tests others.
 */
export function realHeadline({ folds }: Pick<RealSet, 'folds'>, runs: Runs): Record<string, unknown> {
  const mean = (row: string, key: string, count: string) => pooled(runs, { row, key, count })
  const share = (row: string, key: string, count: string) => {
    const { value, questions } = mean(row, key, count)
    if (Number.isNaN(value)) return null
    const clips = folds ? questions : Math.round(questions / runs.length)
    const { low, high } = wilson(value, clips)
    return { value, interval: [low, high], clips }
  }
  const each = <T>(of: (row: string) => T) => Object.fromEntries(['method', ...controls].map((row) => [row, of(row)]))
  const [named, presence] = ['named in this clip', 'presence of what varies']
  const number = (row: string, key: string) =>
    runs.reduce((sum, rows) => sum + (rows[row]?.[key] ?? 0), 0) / runs.length
  return {
    clips: { train: number('about', 'trainClips'), test: number('about', 'testClips') },
    accuracy: share('about', 'accuracy', 'testClips'),
    ncaTop1: each((row) => share(row, 'ncaTop1', 'questions')),
    relativeDrop: each((row) => mean(row, 'relativeDrop', 'questions').value),
    tubeIou: { method: mean('method', 'tubeIou', 'boxed').value, clips: number('method', 'boxed') },
    named: share(named, 'named', 'answers'),
    namedByClass: mean(named, 'namedByClass', 'answers').value,
    namedVarying: share(named, 'namedVarying', 'varyingAnswers'),
    namedVaryingByClass: mean(named, 'namedVaryingByClass', 'varyingAnswers').value,
    presence: {
      right: mean(presence, 'right', 'questions').value,
      rightByClass: mean(presence, 'rightByClass', 'questions').value,
      aucWithinClass: mean(presence, 'aucWithinClass', 'questions').value,
    },
  }
}

/** A number over all the questions behind it; a seed that could not measure it has none. */
function pooled(
  runs: Runs,
  { row, key, count }: Record<'row' | 'key' | 'count', string>,
): { value: number; questions: number } {
  let [sum, questions] = [0, 0]
  for (const rows of runs) {
    // Kept results say null for what was not measured.
    const [value, asked] = [rows[row]?.[key] as number | null | undefined, rows[row]?.[count] ?? 0]
    if (value === null || value === undefined || Number.isNaN(value) || asked === 0) continue
    sum += value * asked
    questions += asked
  }
  return { value: questions ? sum / questions : NaN, questions }
}
