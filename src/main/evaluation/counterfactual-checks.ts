import { Failure } from '@shared/failures'
import { classify, featuresOf, inputOf } from '@main/explanation/classify'
import { maskClip } from '@main/explanation/masking'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import type { Region } from '@main/explanation/region'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { SearchOptions } from '@main/learning/search/best-tube'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { areaUnderCurve } from './auc'
import { estimate, type Estimate } from './bootstrap'
import { classAttributes, discriminating, isMixed, isRemoveOne, isSuperset } from '@shared/class-attributes'
import type { EvaluationInput, EvaluationClip } from './evaluate'

export type CheckInput = Pick<
  EvaluationInput,
  'target' | 'explainer' | 'clips' | 'reference' | 'search' | 'signal' | 'onProgress'
>

/** What an explanation must also do where the right answers are known; null where no clip or pair shows it. */
export interface CounterfactualChecks {
  /** The score of the card that is shown tells pairs with evidence (remove-1) from pairs without (B has all of A and more). */
  supersetAuc: number | null
  /** Mean change of p(A) when the true boxes of an attribute of no class are masked. */
  distractorDrop: number | null
  /** Share of mixed pairs whose attribute changes when A and B are swapped. */
  swapChanges: number | null
  /** Right attribute of remove-1 pairs when the features are those of another clip: what the class pair alone gives. */
  otherFeaturesRight: number | null
}

interface Counted {
  video: string
  value: number
}

/** What was seen, one entry per question or masked distractor. */
export interface CheckTally {
  withEvidence: Counted[]
  without: Counted[]
  drops: Counted[]
  swaps: Counted[]
  others: Counted[]
}

/** The checks as plain numbers. */
export async function checkCounterfactuality(input: CheckInput): Promise<CounterfactualChecks> {
  const { supersetAuc, ...means } = estimatesOf(await tallyChecks(input), 0)
  const value = (estimate: Estimate | undefined) => estimate?.value ?? null
  return {
    supersetAuc: value(supersetAuc),
    distractorDrop: value(means.distractorDrop),
    swapChanges: value(means.swapChanges),
    otherFeaturesRight: value(means.otherFeaturesRight),
  }
}

/** The checks with the number of questions behind each, and an interval where it is a mean. */
export function estimatesOf(tally: CheckTally, seed: number): Partial<Record<keyof CounterfactualChecks, Estimate>> {
  const values = (list: readonly Counted[]) => list.map(({ value }) => value)
  const auc = areaUnderCurve(values(tally.withEvidence), values(tally.without))
  const count = tally.withEvidence.length + tally.without.length
  return {
    ...(auc === null ? {} : { supersetAuc: { value: auc, count, low: null, high: null } }),
    ...(tally.drops.length ? { distractorDrop: estimate(tally.drops, seed) } : {}),
    ...(tally.swaps.length ? { swapChanges: estimate(tally.swaps, seed) } : {}),
    ...(tally.others.length ? { otherFeaturesRight: estimate(tally.others, seed) } : {}),
  }
}

/** Runs the checks of docs/evaluation.md that need more than one answer per pair. */
export async function tallyChecks(input: CheckInput): Promise<CheckTally> {
  const { target, clips, reference, signal, onProgress } = input
  const sets = classAttributes(target.classes, reference)
  const tally: CheckTally = { withEvidence: [], without: [], drops: [], swaps: [], others: [] }
  let other: Float32Array[] | null = null
  for (let i = 0; i < clips.count; i++) {
    if (signal?.aborted) throw new Failure('INTERRUPTED', {})
    other = await addClip(input, await clips.get(i), { sets, tally, other })
    onProgress?.(i + 1, clips.count)
  }
  return tally
}

/** @returns the clip's prepared features, for the next one to be asked with */
async function addClip(
  { target, explainer, search }: CheckInput,
  clip: EvaluationClip,
  { sets, tally, other }: { sets: readonly ReadonlySet<number>[]; tally: CheckTally; other: Float32Array[] | null },
): Promise<Float32Array[] | null> {
  const input = inputOf(target, clip.pixels)
  const [features] = await featuresOf(target, [input])
  if (!features) return other
  const { probabilities } = features
  const prepared = explainer.prepare(features)
  const pos = probabilities.indexOf(Math.max(...probabilities))
  const ask = asker({ explainer, search })
  const counted = (value: number): Counted => ({ video: clip.video, value })
  for (let neg = 0; neg < target.classes; neg++) {
    if (neg === pos) continue
    const score = () => counted(ask(prepared, pos, neg).score)
    if (isSuperset(sets, pos, neg)) tally.without.push(score())
    if (isRemoveOne(sets, pos, neg)) {
      tally.withEvidence.push(score())
      if (other) {
        const said = ask(other, pos, neg).attribute
        tally.others.push(counted(Number(discriminating(sets, pos, neg).has(said))))
      }
    }
    if (isMixed(sets, pos, neg) && neg > pos) {
      const [there, back] = [ask(prepared, pos, neg).attribute, ask(prepared, neg, pos).attribute]
      tally.swaps.push(counted(Number(there !== back)))
    }
  }
  const drops = await distractorDrops(target, clip, { input, pos, before: probabilities[pos] ?? 0, sets })
  tally.drops.push(...drops.map(counted))
  return prepared
}

function asker({ explainer, search }: { explainer: ExplainerModel; search: SearchOptions }) {
  return (prepared: readonly Float32Array[], pos: number, neg: number) => {
    const [best] = ranked(
      searchAttributes(explainer, prepared, { pos, neg, search, trim: false }),
      'min',
      explainer.presence,
    )
    if (!best) throw new RangeError('an explanation model needs at least one attribute')
    return best
  }
}

/** Change of p(A) when attributes that make no class are masked, each by its true boxes. */
async function distractorDrops(
  target: TargetClassifier,
  { truth }: EvaluationClip,
  about: { input: Float32Array; pos: number; before: number; sets: readonly ReadonlySet<number>[] },
): Promise<number[]> {
  const { input, pos, before, sets } = about
  const regions = [...truth].flatMap(([attribute, boxes]): Region[] =>
    sets.some((set) => set.has(attribute)) ? [] : [boxes.map(([first]) => first ?? null)],
  )
  const size = { frames: target.frames, height: target.height, width: target.width }
  const masked = regions.map((region) =>
    maskClip(input, [region], { size, fill: 'mean', colours: { black: [0, 0, 0] } }),
  )
  const after = await classify(target, masked)
  return after.map(({ probabilities }) => Math.abs(before - (probabilities[pos] ?? 0)))
}
