import type { SampleConfig } from '@shared/config/sample'
import type { EvaluationClip, EvaluationInput } from '@main/evaluation/evaluate'
import { mostCovered, overlaps } from '@main/evaluation/concept-accuracy'
import { topKHit } from '@main/evaluation/negative-class-accuracy'
import { blackOf, classify, featuresOf, inputOf } from '@main/explanation/classify'
import { maskClip } from '@main/explanation/masking'
import { randomTube } from '@main/explanation/random-tube'
import { type AttributeEvidence, ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { type ClipSize, type Region, regionOf } from '@main/explanation/region'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import { withPlacedTubes } from '@main/explanation/answers'
import { excludingTubes, iterateTubes, type IterateStep } from '@main/explanation/several-tubes'
import type { Cell } from '@main/learning/search/score-map'
import { type Random, random } from '@main/learning/random'
import { lacking, reductions } from './class-sets'

/** The method's limit when it asks again, and its control's. */
const mostTubes = 4

/** What masking several tubes together did to one pair. */
interface Outcome {
  /** Share of an NCA top-1 hit. */
  hit: number
  /** B is what the classifier then says. */
  reached: number
  tubes: number
  /** Share of the clip's pixels that was masked. */
  area: number
  /** Both attributes were named; null where none is. */
  named: number | null
  /** Share of the tubes that lie on the attribute that was named with them. */
  fits: number | null
  /** Mean IoU of the tubes with the attributes that were named with them. */
  iou: number | null
}

/** Ways to answer a pair that differs in two attributes, each beside random tubes of the same shapes and lengths. */
type OwnWay = 'own' | 'exclude' | 'placed' | 'iterate2' | 'iterate4' | 'iterate4Placed'
type Way = OwnWay | 'iterate4NamedAsAsked' | `${OwnWay}Random` | 'iterate4RandomSameRule' | 'trueUnion'

export type TwoApart = Partial<Record<Way, Record<keyof Outcome, number>>> & { pairs: number }

/**
 * Pairs whose classes differ in exactly two attributes: own tubes, exclusion and iteration, and what must be compared
 * with the last: random tubes under its own stopping rule, and random tubes of its very number and area.
 */
export async function twoApart(input: EvaluationInput, sample: Pick<SampleConfig, 'removable'>): Promise<TwoApart> {
  const outcomes = new Map<Way, Outcome[]>()
  let pairs = 0
  for (let i = 0; i < input.clips.count; i++) {
    for (const found of await pairsOf(input, sample, await input.clips.get(i))) {
      pairs++
      for (const [way, outcome] of found) outcomes.set(way, [...(outcomes.get(way) ?? []), outcome])
    }
  }
  const means = [...outcomes].map(([way, list]) => [way, meanOf(list)] as const)
  return { pairs, ...Object.fromEntries(means) }
}

interface Question {
  input: EvaluationInput
  clip: EvaluationClip
  x: Float32Array
  before: Float32Array
  pos: number
  neg: number
  size: ClipSize
  colours: { black: readonly [number, number, number] }
  stream: Random
  /** The two attributes that tell A from B. */
  right: readonly number[]
}

async function pairsOf(
  input: EvaluationInput,
  sample: Pick<SampleConfig, 'removable'>,
  clip: EvaluationClip,
): Promise<Map<Way, Outcome>[]> {
  const { target } = input
  const x = inputOf(target, clip.pixels)
  const [features] = await featuresOf(target, [x])
  if (!features) return []
  const before = features.probabilities
  const pos = before.indexOf(Math.max(...before))
  if (pos !== clip.label) return []
  const size = { frames: target.frames, height: target.height, width: target.width }
  const colours = { black: blackOf(target) }
  const all: Map<Way, Outcome>[] = []
  for (const neg of reductions(sample, pos, 2)) {
    const stream = random(input.config.seed, clip.label, neg, Number(clip.video.replace(/\D/g, '')))
    const right = lacking(sample, pos, neg)
    all.push(await answers({ input, clip, x, before, pos, neg, size, colours, stream, right }, features))
  }
  return all
}

async function answers(question: Question, features: Parameters<EvaluationInput['explainer']['prepare']>[0]) {
  const { input, pos, neg, clip, right } = question
  const { explainer, search } = input
  const prepared = explainer.prepare(features)
  const asked = { pos, neg, search, trim: false }
  const evidence = ranked(searchAttributes(explainer, prepared, asked), 'min', explainer.presence)
  const [own, apart] = [evidence.slice(0, 2), excludingTubes(evidence, search, 2)]
  const iterated = await iterate(question, explainer.withPresence(null))
  const steps = iterated.map((step) => step.evidence)
  const found = new Map<Way, Outcome>()
  const put = async (way: OwnWay, list: readonly AttributeEvidence[]) => {
    const cells = list.map(({ tube }) => tube.cells)
    const words = list.map(({ attribute }) => attribute)
    found.set(way, await masked(question, regions(question, cells), words))
    found.set(`${way}Random`, await masked(question, drawn(question, regions(question, cells)), null))
  }
  await put('own', own)
  await put('exclude', apart)
  await put('placed', withPlacedTubes(explainer, prepared, { ...asked, evidence: own }))
  await put('iterate2', steps.slice(0, 2))
  await put('iterate4', steps)
  const again = await iterate(question, explainer)
  await put(
    'iterate4Placed',
    again.map((step) => step.evidence),
  )
  const tubes = iterated.map(({ region }) => region)
  const first = iterated.map(({ asked }) => asked.attribute)
  found.set('iterate4NamedAsAsked', await masked(question, tubes, first))
  found.set('iterate4RandomSameRule', await untilReached(question, steps))
  const truth = right.flatMap((s): Region[] => {
    const boxes = clip.truth.get(s)
    return boxes ? [boxes.map(([box]) => box ?? null)] : []
  })
  found.set('trueUnion', await masked(question, truth, null))
  return found
}

function iterate({ input, x, pos, neg, size, colours }: Question, model: ExplainerModel): Promise<IterateStep[]> {
  const { target, search, config } = input
  const options = { select: 'min', trim: false, maxTubes: mostTubes } as const
  return iterateTubes({ target, model, input: x, pos, neg, options, search, size, fill: config.fill, colours })
}

/** Random tubes like those of the method, one after the other, until B is predicted or there are as many. */
async function untilReached(question: Question, steps: readonly AttributeEvidence[]): Promise<Outcome> {
  const tubes: Region[] = []
  let last: Outcome = await masked(question, [], null)
  while (tubes.length < mostTubes && last.reached === 0) {
    const like = steps[Math.min(tubes.length, steps.length - 1)]
    if (!like) break
    tubes.push(...drawn(question, regions(question, [like.tube.cells])))
    last = await masked(question, tubes, null)
  }
  return last
}

function drawn({ stream, size }: Question, tubes: readonly Region[]): Region[] {
  return tubes.map((tube) => randomTube(tube, size, { stream }))
}

function regions({ input, size }: Question, tubes: readonly (readonly Cell[])[]): Region[] {
  return tubes.map((cells) => regionOf(input.explainer, cells, size))
}

async function masked(
  { input, clip, x, before, pos, neg, size, colours, right }: Question,
  tubes: readonly Region[],
  words: readonly number[] | null,
): Promise<Outcome> {
  const { target, config } = input
  const [scores] = await classify(target, [maskClip(x, tubes, { size, fill: config.fill, colours })])
  const after = scores?.probabilities ?? before
  const ones = maskClip(new Float32Array(x.length).fill(1), tubes, { size, fill: 'mean', colours })
  const ious = tubes.map((tube) => overlaps(tube, clip.truth, config.iou))
  const fitting = ious.filter((list, i) => mostCovered(list) === words?.[i])
  const total = ious.reduce((sum, list, i) => sum + (list.get(words?.[i] ?? -1) ?? 0), 0)
  return {
    hit: topKHit(before, after, { pos, neg, k: 1 }),
    reached: Number(after.indexOf(Math.max(...after)) === neg),
    tubes: tubes.length,
    area: ones.reduce((sum, value) => sum + 1 - value, 0) / ones.length,
    named: words && Number(right.every((s) => words.includes(s))),
    fits: words && fitting.length / tubes.length,
    iou: words && total / tubes.length,
  }
}

function meanOf(list: readonly Outcome[]): Record<keyof Outcome, number> {
  const of = (key: keyof Outcome) => list.reduce((sum, outcome) => sum + (outcome[key] ?? NaN), 0) / list.length
  const [hit, reached, tubes, area] = [of('hit'), of('reached'), of('tubes'), of('area')]
  return { hit, reached, tubes, area, named: of('named'), fits: of('fits'), iou: of('iou') }
}
