import { isDeepStrictEqual } from 'node:util'
import type { ExperimentName } from '@shared/config/experiment'
import type { EvaluationConfig } from '@shared/config/evaluation'
import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import type { Run } from '@shared/contract/learning'
import type { ReportExample } from '@main/report/report-example'
import { classifierNumbers, classifierWarnings } from '@main/report/classifier-numbers'
import { type ModelPair, dataOf } from './fc-runs'
import { correctOnly, missingNotes } from './measured-rows'
import type { DataCounts } from './table1'
import { hasBoxes } from './table3'

interface Heading {
  name: ExperimentName
  title: string
  lead: string
}

const heading = (name: ExperimentName, title: string, lead: string): Heading => ({ name, title, lead })

const headings = {
  table1: heading('table1', 'Table 1: the data', 'What there is to learn from and to measure on.'),
  table2: heading(
    'table2',
    'Table 2: the probability of A falls',
    'Share of outputs whose mask lowers p(A), and how far it falls on average, as a share of what it was.',
  ),
  table3: heading(
    'table3',
    'Table 3: concept accuracy',
    'The attribute is among the k whose boxes overlap the tube most, where the classifier is right.',
  ),
  figure5: heading(
    'figure5',
    'Figure 5: negative class accuracy',
    'Under the mask, the probability of B rises most, or k-th most, among all negatives. Mean over the n likeliest B.',
  ),
  table4: heading(
    'table4',
    'Table 4: fully connected layers of the classifier',
    'NCA top-3 of the best pair over the 3 likeliest negatives, with one, two and three fully connected layers.',
  ),
  figure6: heading(
    'figure6',
    'Figure 6: output examples',
    'The first rightly classified clip of each class, six classes at most, against the likeliest class that lacks an attribute of it; not chosen by how good the answer is.',
  ),
}

/** The words around the numbers: what a part shows, what it holds for, what is missing. */
export const about = {
  ...headings,

  counted(counts: readonly DataCounts[]): string[] {
    const of = (part: string) => counts.find((one) => one.part === part)
    const notes = [
      of('test')?.videos === 0 && 'There are no test videos, so nothing can be measured on the test split.',
      of('all')?.assigned === 0 && 'No video has an attribute, so there is nothing an explanation could say.',
      of('test')?.videosWithBoxes === 0 &&
        'No test video has boxes of attributes, so concept accuracy and tube overlap cannot be measured there.',
      'The "bbox" of the paper is a box for each assigned attribute of a test clip; it stands beside the tracks, since a track is one boxed instance however many key frames it has.',
    ]
    return notes.filter((note) => note !== false)
  },

  settings({ classifier, explainer }: ModelPair, config: EvaluationConfig, rows: readonly OutcomeNumbers[]) {
    const { split, negatives, fill, iou, trim, baselineAttribute, seed } = config
    const videos = new Set(rows.map(({ video }) => video)).size
    const right = new Set(correctOnly(rows).map(({ video }) => video)).size
    const { testAccuracy, testConfidence } = classifierNumbers(classifier)
    const told = (value: number | null) => value?.toFixed(3) ?? 'not measured'
    return [
      { name: 'explanation model', value: explainer.name },
      {
        name: 'classifier',
        value: `${classifier.name}, test accuracy ${told(testAccuracy)}, mean confidence ${told(testConfidence)}`,
      },
      { name: 'clips', value: `${videos} of the ${split} split, ${right} of them classified rightly` },
      { name: 'negatives per clip', value: `${negatives} likeliest of ${classifier.classes.length - 1}` },
      { name: 'mask fill', value: fill },
      { name: 'tube IoU', value: iou },
      { name: 'trim', value: trim ? 'yes' : 'no' },
      { name: 'ranked by', value: 'min, and max as the paper does; both from one search' },
      { name: 'attribute of baselines', value: baselineAttribute },
      { name: 'seed', value: String(seed) },
    ]
  },

  /** What is wrong with the classifiers that the numbers speak of; named where there are several. */
  warnings(classifiers: readonly Run[]): string[] {
    return classifiers.flatMap((classifier) =>
      classifierWarnings(classifierNumbers(classifier)).map((text) =>
        classifiers.length > 1 ? `${classifier.name}: ${text}` : text,
      ),
    )
  },

  /** What the rows cannot say, or say nothing about. */
  missing(rows: readonly OutcomeNumbers[]): string[] {
    const questions = rows.filter(({ method, rank }) => method === 'method' && rank === 0)
    const open = questions.filter(({ right }) => right === null).length
    const without = `In ${open.toLocaleString('en')} of ${questions.length.toLocaleString('en')} questions B's class has every attribute that A's has, so that nothing in the clip could be named for A against B.`
    return [...(open > 0 ? [without] : []), ...missingNotes(rows)]
  },

  /** What NCA cannot say where there are so many negatives. */
  negatives({ chances, most }: { chances: number; most: number }): string[] {
    const notes = [
      chances === 1 && 'There is one negative only, so NCA is 1 whatever is masked.',
      chances > 1 && chances <= 3 && `There are ${chances} negatives, so NCA top-3 and top-5 are 1 whatever is masked.`,
      chances > 3 && chances <= 5 && `There are ${chances} negatives, so NCA top-5 is 1 whatever is masked.`,
      chances > 1 &&
        most === chances &&
        `Over all ${chances} negatives a region that is the same for every B scores chance, whatever it covers: only the order of the negatives counts.`,
      most < 3 && `Every clip is asked about ${most} of its negatives, not 3 as in Table 4 of the paper.`,
    ]
    return notes.filter((note) => note !== false)
  },

  concepts(rows: readonly OutcomeNumbers[]): string[] {
    return [
      ...(hasBoxes(rows) ? [] : ['No measured clip has boxes of attributes, so concept accuracy is missing.']),
      ...about.missing(rows),
    ]
  },

  /** What differs between the classifiers of Table 4 beside their layers. */
  fullyConnected(base: Run, classifiers: readonly Run[]): string[] {
    const others = classifiers.filter((one) => !isDeepStrictEqual(dataOf(one), dataOf(base)))
    const trained = others.map(({ name, trainVideos }) => `${name} on ${trainVideos} videos`).join(', ')
    const notes = [
      base.startFrom !== null &&
        `${base.name} began with the weights of another classifier; those with other layers were trained from the beginning, so the columns differ in more than the layers.`,
      others.length > 0 &&
        `The data has changed since ${base.name} was trained on ${base.trainVideos} videos: ${trained}. The columns differ in more than the layers; train it again for numbers that compare.`,
    ]
    return notes.filter((note) => note !== false)
  },

  curves(rows: readonly OutcomeNumbers[]): string[] {
    const deepest = Math.max(0, ...rows.filter(({ negRank }) => negRank !== null).map(({ rank }) => rank))
    return [
      'Several tubes in one mask cover more of the clip and lower every probability: read them beside as many random tubes, never beside one.',
      'The random tubes have the shape and length of those ranked by min.',
      ...(deepest < 4 ? [`The model knows ${deepest + 1} attributes, so there are no five outputs to rank.`] : []),
      'The curves of correctly classified clips, and of every baseline, are in the CSV and JSON files.',
    ]
  },

  examples(examples: readonly ReportExample[]): string[] {
    return examples.length > 0 ? [] : ['The measured videos are no longer in the project, so there is no picture.']
  },
}
