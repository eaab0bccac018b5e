import type { SampleConfig } from '@shared/config/sample'
import { overlaps } from '@main/evaluation/concept-accuracy'
import type { EvaluationClip, EvaluationInput } from '@main/evaluation/evaluate'
import { topKHit } from '@main/evaluation/negative-class-accuracy'
import { withPlacedTubes } from '@main/explanation/answers'
import { blackOf, classify, featuresOf, inputOf } from '@main/explanation/classify'
import { maskClip } from '@main/explanation/masking'
import { type AttributeEvidence, ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { regionOf } from '@main/explanation/region'
import { lacking, reductions } from './class-sets'

/** Whether answers follow the clip where attributes vary within a class; shares of the questions. */
export interface FollowsClip {
  /** Questions "why A and not A without one thing" on clips that are classified rightly. */
  questions: number
  /** The answer names the thing that tells A from B, as either variant. */
  thing: number
  /** It names the variant that this clip shows. */
  follows: number
  /** It names the variant that this clip does not show. */
  otherVariant: number
  /** Of the questions whose answer names the thing: it names the clip's own variant; .5 is what the class pair gives. */
  followsGivenThing: number
  /** The clip's own variant scores higher than the other one, in the quantity ranked by (min) and by the maximal tube. */
  ownAboveOther: number
  ownAboveOtherByMax: number
  /** Of two clips of A that show different variants: both are answered with their own. */
  changesWithClip: number
  /** NCA top-1 and IoU with what it names, of the tube that is shown. */
  ncaTop1: number
  tubeIou: number
  /** As `follows`, where the clip shows the variant that fewer of A's training clips show; NaN where no clip does. */
  followsRarer: number
  /** The most frequent variant of A's training clips: what an answer that ignores the clip could reach. */
  prior: number
}

/** One question and what was said to it. */
export interface VariantAnswer {
  /** A and B. */
  pos: number
  neg: number
  said: number
  /** The variant that the clip shows, and the one that it does not. */
  own: number
  other: number
  /** Own above other, in the quantity ranked by and by the maximal tube. */
  above: boolean
  aboveByMax: boolean
  /** Share of an NCA top-1 hit once the shown tube is masked, and its IoU with what was named. */
  hit: number
  iou: number
}

/**
 * Within-class variation (ShapeActs with `optionalAttributes`): a removable thing comes plain or red, each with a word of
 * its own. Knowing the two classes tells the thing; only the clip tells the variant.
 */
export async function followsClip(
  input: EvaluationInput,
  sample: Pick<SampleConfig, 'removable'>,
): Promise<FollowsClip> {
  const answers: VariantAnswer[] = []
  for (let i = 0; i < input.clips.count; i++) answers.push(...(await answersOf(input, sample, i)))
  return followed(answers, input.reference)
}

/** The shares, from the answers. */
export function followed(answers: readonly VariantAnswer[], reference: EvaluationInput['reference']): FollowsClip {
  const share = (holds: (answer: VariantAnswer) => boolean, of: readonly VariantAnswer[] = answers) =>
    of.length ? of.filter(holds).length / of.length : NaN
  const named = answers.filter(({ said, own, other }) => said === own || said === other)
  return {
    questions: answers.length,
    thing: named.length / answers.length,
    follows: share(({ said, own }) => said === own),
    otherVariant: share(({ said, other }) => said === other),
    followsGivenThing: share(({ said, own }) => said === own, named),
    ownAboveOther: share(({ above }) => above),
    ownAboveOtherByMax: share(({ aboveByMax }) => aboveByMax),
    ncaTop1: mean(answers.map(({ hit }) => hit)),
    tubeIou: mean(answers.map(({ iou }) => iou)),
    changesWithClip: changes(answers),
    followsRarer: share(
      ({ said, own }) => said === own,
      answers.filter((answer) => leadOf(reference, answer) < 0),
    ),
    prior: share((answer) => leadOf(reference, answer) > 0),
  }
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : NaN
}

async function answersOf(
  input: EvaluationInput,
  sample: Pick<SampleConfig, 'removable'>,
  i: number,
): Promise<VariantAnswer[]> {
  const { target, explainer, search } = input
  const clip = await input.clips.get(i)
  const x = inputOf(target, clip.pixels)
  const [features] = await featuresOf(target, [x])
  if (!features) return []
  const { probabilities: before } = features
  const pos = before.indexOf(Math.max(...before))
  if (pos !== clip.label) return []
  const prepared = explainer.prepare(features)
  const answers: VariantAnswer[] = []
  for (const neg of reductions(sample, pos, 1)) {
    const question = { pos, neg, search, trim: false }
    const evidence = searchAttributes(explainer, prepared, question)
    const best = ranked(evidence, 'min', explainer.presence).slice(0, 1)
    const placed = input.config.tubes === 'placed'
    const [shown] = placed ? withPlacedTubes(explainer, prepared, { ...question, evidence: best }) : best
    if (!shown) continue
    const [thing] = lacking(sample, pos, neg) as [number]
    const variants = [thing, thing + sample.removable] as const
    const [own, other] = clip.assigned.includes(variants[0]) ? variants : ([variants[1], variants[0]] as const)
    const of = (s: number) => evidence[s]
    answers.push({
      ...{ pos, neg, said: shown.attribute, own, other },
      above: (of(own)?.minScore ?? 0) > (of(other)?.minScore ?? 0),
      aboveByMax: (of(own)?.score ?? 0) > (of(other)?.score ?? 0),
      ...(await masked(input, { clip, x, before, pos, neg, shown })),
    })
  }
  return answers
}

/** What masking the shown tube does, and how well it lies on what was named. */
async function masked(
  { target, explainer, config, colours }: EvaluationInput,
  asked: {
    clip: EvaluationClip
    x: Float32Array
    before: Float32Array
    pos: number
    neg: number
    shown: AttributeEvidence
  },
): Promise<Pick<VariantAnswer, 'hit' | 'iou'>> {
  const { clip, x, before, pos, neg, shown } = asked
  const size = { frames: target.frames, height: target.height, width: target.width }
  const region = regionOf(explainer, shown.tube.cells, size)
  const fill = { size, fill: config.fill, colours: colours ?? { black: blackOf(target) } }
  const [after] = await classify(target, [maskClip(x, [region], fill)])
  return {
    hit: topKHit(before, after?.probabilities ?? before, { pos, neg, k: 1 }),
    iou: overlaps(region, clip.truth, config.iou).get(shown.attribute) ?? 0,
  }
}

function changes(answers: readonly VariantAnswer[]): number {
  let [pairs, hits] = [0, 0]
  for (const group of Map.groupBy(answers, ({ pos, neg }) => `${pos} ${neg}`).values()) {
    for (const [i, a] of group.entries()) {
      for (const b of group.slice(i + 1)) {
        if (a.own === b.own) continue
        pairs++
        if (a.said === a.own && b.said === b.own) hits++
      }
    }
  }
  return pairs ? hits / pairs : NaN
}

/** By how many of A's training clips the clip's own variant is ahead of the other one. */
function leadOf(reference: EvaluationInput['reference'], { pos, own, other }: VariantAnswer): number {
  const count = (s: number) => reference.filter(({ label, assigned }) => label === pos && assigned.includes(s)).length
  return count(own) - count(other)
}
