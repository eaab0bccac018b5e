/** Attributes of a class: those that at least this share of its videos have. */
const share = 0.9

/**
 * S(c) for every class, from the videos of the data set: [C] sets of attributes.
 * @param videos label and assigned attributes of each
 */
export function classAttributes(
  classes: number,
  videos: readonly { label: number; assigned: readonly number[] }[],
): ReadonlySet<number>[] {
  return Array.from({ length: classes }, (_, c) => {
    const own = videos.filter(({ label }) => label === c)
    const counts = new Map<number, number>()
    for (const { assigned } of own) for (const s of assigned) counts.set(s, (counts.get(s) ?? 0) + 1)
    return commonAttributes(counts, own.length)
  })
}

/** S(c) of one class, by how many of its `videos` have each attribute. */
export function commonAttributes<A>(counts: Iterable<readonly [A, number]>, videos: number): Set<A> {
  return new Set([...counts].filter(([, count]) => count >= share * videos).map(([attribute]) => attribute))
}

/** Attributes of pos that neg lacks: the right answers, where classes are known by their attributes. */
export function discriminating(sets: readonly ReadonlySet<number>[], pos: number, neg: number): ReadonlySet<number> {
  return new Set([...(sets[pos] ?? [])].filter((s) => !sets[neg]?.has(s)))
}

/** Neg lacks exactly one attribute of pos and has nothing else. */
export function isRemoveOne(sets: readonly ReadonlySet<number>[], pos: number, neg: number): boolean {
  return discriminating(sets, pos, neg).size === 1 && discriminating(sets, neg, pos).size === 0
}

/** Neg has all of pos and more: the right answer is that there is no evidence. */
export function isSuperset(sets: readonly ReadonlySet<number>[], pos: number, neg: number): boolean {
  return discriminating(sets, pos, neg).size === 0 && discriminating(sets, neg, pos).size > 0
}

/** Each has something that the other lacks. */
export function isMixed(sets: readonly ReadonlySet<number>[], pos: number, neg: number): boolean {
  return discriminating(sets, pos, neg).size > 0 && discriminating(sets, neg, pos).size > 0
}

/** The class-pair prior: the most frequent attribute of pos's videos that is not one of neg; null where there is none. */
export function pairPrior(
  videos: readonly { label: number; assigned: readonly number[] }[],
  sets: readonly ReadonlySet<number>[],
  pos: number,
  neg: number,
): number | null {
  const counts = new Map<number, number>()
  for (const { label, assigned } of videos) {
    if (label !== pos) continue
    for (const s of assigned) if (!sets[neg]?.has(s)) counts.set(s, (counts.get(s) ?? 0) + 1)
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return best?.[0] ?? null
}
