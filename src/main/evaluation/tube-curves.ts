import { classify } from '@main/explanation/classify'
import { maskClip, type Fill, type MaskColours } from '@main/explanation/masking'
import type { ClipSize, Region } from '@main/explanation/region'
import type { TargetClassifier } from '@main/learning/target/target-classifier'

/** What the classifier says as tubes go, best first, and as they come. */
export interface TubeCurves {
  /** p(A) after masking the first 0, 1, 2 ... tubes together: falls early when the best tubes matter. */
  deletion: readonly number[]
  /** p(A) on an empty clip that shows the first 0, 1, 2 ... tubes only: rises early when they are enough. */
  insertion: readonly number[]
  /** Probabilities after masking the union of all tubes. */
  union: Float32Array
}

/** Deletion and insertion curves (Petsiuk et al. 2018) over tubes ranked by score. */
export async function tubeCurves(
  target: TargetClassifier,
  input: Float32Array,
  {
    regions,
    pos,
    ...mask
  }: { regions: readonly Region[]; pos: number; size: ClipSize; fill: Fill; colours: MaskColours },
): Promise<TubeCurves> {
  const deleted = regions.map((_, k) => maskClip(input, regions.slice(0, k + 1), mask))
  const everything = maskClip(input, [wholeClip(mask.size)], mask)
  const inserted = regions.map((_, k) => shownOnly(input, everything, { regions: regions.slice(0, k + 1), mask }))
  const all = await classify(target, [input, ...deleted, everything, ...inserted])
  const scores = all.map(({ probabilities }) => probabilities)
  const own = scores.map((probabilities) => probabilities[pos] ?? 0)
  return {
    deletion: own.slice(0, regions.length + 1),
    insertion: own.slice(regions.length + 1),
    union: scores[regions.length] ?? new Float32Array(),
  }
}

/** Area under a curve over equal steps, 0 to 1 (trapezia). */
export function curveArea(curve: readonly number[]): number {
  if (curve.length < 2) return curve[0] ?? 0
  const inner = curve.slice(1, -1).reduce((sum, value) => sum + value, 0)
  return (inner + ((curve[0] ?? 0) + (curve.at(-1) ?? 0)) / 2) / (curve.length - 1)
}

function wholeClip({ frames, width, height }: ClipSize): Region {
  return Array.from({ length: frames }, () => ({ x1: 0, y1: 0, x2: width, y2: height }))
}

/** The empty clip with the original pixels inside the regions: what masking would change is put back. */
function shownOnly(
  input: Float32Array,
  empty: Float32Array,
  { regions, mask }: { regions: readonly Region[]; mask: { size: ClipSize } },
): Float32Array {
  // Marked in a clip of ones, so that a pixel that is zero by itself is still seen to be inside.
  const ones = new Float32Array(input.length).fill(1)
  const marked = maskClip(ones, regions, { size: mask.size, fill: 'mean', colours: { black: [0, 0, 0] } })
  return empty.map((value, i) => (marked[i] === 0 ? (input[i] as number) : value))
}
