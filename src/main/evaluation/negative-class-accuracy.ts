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

/** Where B stands among the negatives by the rise of its probability under the mask (docs/evaluation.md). */
export interface Standing {
  /** From 1. Ties count as the mean of the best and the worst rank, so that an empty mask scores chance. */
  negRank: number
  /** How many others rise exactly as much; not known of rows that were measured before it was stored. */
  negTies: number | null
}

export function negativeStanding(before: Classes, after: Classes, pos: number, neg: number): Standing {
  const { larger, equal } = rivals(before, after, pos, neg)
  return { negRank: 1 + larger + equal / 2, negTies: equal }
}

/** Share of a top-k hit that a rank with ties is worth: the mean over the orders in which the tied ones could stand. */
export function hitAt({ negRank, negTies }: Standing, k: number): number {
  const equal = negTies ?? 0
  const larger = negRank - 1 - equal / 2
  return Math.min(1, Math.max(0, (k - larger) / (equal + 1)))
}

export function topKHit(
  before: Classes,
  after: Classes,
  { pos, neg, k }: { pos: number; neg: number; k: number },
): number {
  return hitAt(negativeStanding(before, after, pos, neg), k)
}
