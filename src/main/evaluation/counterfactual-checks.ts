import { Failure } from '@shared/failures'
import { classify, featuresOf, inputOf } from '../explanation/classify'
import { maskClip } from '../explanation/masking'
import { ranked, searchAttributes } from '../explanation/rank-attributes'
import type { Region } from '../explanation/region'
import type { ExplainerModel } from '../learning/explainer/explainer-model'
import type { SearchOptions } from '../learning/search/best-tube'
import type { TargetClassifier } from '../learning/target/target-classifier'
import { areaUnderCurve } from './auc'
import { classAttributes, discriminating, isMixed, isRemoveOne, isSuperset } from './class-attributes'
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

interface Tally {
  withEvidence: number[]
  without: number[]
  drops: number[]
  swaps: number[]
  others: number[]
}

/** Runs the checks of docs/evaluation.md that need more than one answer per pair. */
export async function checkCounterfactuality(input: CheckInput): Promise<CounterfactualChecks> {
  const { target, clips, reference, signal, onProgress } = input
  const sets = classAttributes(target.classes, reference)
  const tally: Tally = { withEvidence: [], without: [], drops: [], swaps: [], others: [] }
  let other: Float32Array[] | null = null
  for (let i = 0; i < clips.count; i++) {
    if (signal?.aborted) throw new Failure('INTERRUPTED', {})
    other = addClip(input, await clips.get(i), { sets, tally, other })
    onProgress?.(i + 1, clips.count)
  }
  return {
    supersetAuc: areaUnderCurve(tally.withEvidence, tally.without),
    distractorDrop: mean(tally.drops),
    swapChanges: mean(tally.swaps),
    otherFeaturesRight: mean(tally.others),
  }
}

/** @returns the clip's prepared features, for the next one to be asked with */
function addClip(
  { target, explainer, search }: CheckInput,
  clip: EvaluationClip,
  { sets, tally, other }: { sets: readonly ReadonlySet<number>[]; tally: Tally; other: Float32Array[] | null },
): Float32Array[] | null {
  const input = inputOf(target, clip.pixels)
  const [features] = featuresOf(target, [input])
  if (!features) return other
  const { probabilities } = features
  const prepared = explainer.prepare(features)
  const pos = probabilities.indexOf(Math.max(...probabilities))
  const ask = asker({ explainer, search })
  for (let neg = 0; neg < target.classes; neg++) {
    if (neg === pos) continue
    const score = () => ask(prepared, pos, neg).score
    if (isSuperset(sets, pos, neg)) tally.without.push(score())
    if (isRemoveOne(sets, pos, neg)) {
      tally.withEvidence.push(score())
      if (other) {
        const said = ask(other, pos, neg).attribute
        tally.others.push(Number(discriminating(sets, pos, neg).has(said)))
      }
    }
    if (isMixed(sets, pos, neg) && neg > pos) {
      const [there, back] = [ask(prepared, pos, neg).attribute, ask(prepared, neg, pos).attribute]
      tally.swaps.push(Number(there !== back))
    }
  }
  tally.drops.push(...distractorDrops(target, clip, { input, pos, before: probabilities[pos] ?? 0, sets }))
  return prepared
}

function asker({ explainer, search }: { explainer: ExplainerModel; search: SearchOptions }) {
  return (prepared: readonly Float32Array[], pos: number, neg: number) => {
    const [best] = ranked(searchAttributes(explainer, prepared, { pos, neg, search, trim: false }), 'min')
    if (!best) throw new RangeError('an explanation model needs at least one attribute')
    return best
  }
}

/** Change of p(A) when attributes that make no class are masked, each by its true boxes. */
function distractorDrops(
  target: TargetClassifier,
  { truth }: EvaluationClip,
  about: { input: Float32Array; pos: number; before: number; sets: readonly ReadonlySet<number>[] },
): number[] {
  const { input, pos, before, sets } = about
  const regions = [...truth].flatMap(([attribute, boxes]): Region[] =>
    sets.some((set) => set.has(attribute)) ? [] : [boxes.map(([first]) => first ?? null)],
  )
  const size = { frames: target.frames, height: target.height, width: target.width }
  const masked = regions.map((region) =>
    maskClip(input, [region], { size, fill: 'mean', colours: { black: [0, 0, 0] } }),
  )
  return classify(target, masked).map(({ probabilities }) => Math.abs(before - (probabilities[pos] ?? 0)))
}

function mean(values: readonly number[]): number | null {
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : null
}
