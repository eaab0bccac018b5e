/** Probabilities of one clip, by class. */
type Classes = ArrayLike<number>

/** How many other negatives rise more under the mask than B does, and how many exactly as much. */
function rivals(before: Classes, after: Classes, pos: number, neg: number): { larger: number; equal: number } {
  const rise = (c: number) => (after[c] as number) - (before[c] as number)
  const own = rise(neg)
  let larger = 0
  let equal = 0
  for (let c = 0; c < before.length; c++) {
    if (c === pos || c === neg) continue
    if (rise(c) > own) larger++
    else if (rise(c) === own) equal++
  }
  return { larger, equal }
}

/**
 * Rank of B among the negatives by the rise of its probability under the mask, from 1 (docs/evaluation.md).
 * Ties count as the mean of the best and the worst rank, so that an empty mask scores chance.
 */
export function negativeRank(before: Classes, after: Classes, pos: number, neg: number): number {
  const { larger, equal } = rivals(before, after, pos, neg)
  return 1 + larger + equal / 2
}

/** Share of a top-k hit that a rank with ties is worth: the mean over the orders in which the tied ones could stand. */
export function topKHit(
  before: Classes,
  after: Classes,
  { pos, neg, k }: { pos: number; neg: number; k: number },
): number {
  const { larger, equal } = rivals(before, after, pos, neg)
  return Math.min(1, Math.max(0, (k - larger) / (equal + 1)))
}
