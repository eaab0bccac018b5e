import { random } from '@main/learning/random'

/** A training video as it may be put aside. */
export interface SplitVideo {
  label: number
  /** Clips of one group are of one film, person or place, and stay on one side; null for a video of its own. */
  group: string | null
}

/** With fewer videos to choose on, the choice is chance. */
export const fewestValidation = 20

export interface ValidationSplit {
  train: number[]
  /** Empty where there are too few videos to choose an epoch on: the last one is then kept. */
  validation: number[]
}

/**
 * Puts a seeded share of the training videos aside, whole groups at a time, to choose the epoch that is kept: test videos are never
 * looked at for it. Every class keeps at least half of its videos.
 * @returns indices in rising order
 */
export function validationSplit(
  videos: readonly SplitVideo[],
  { share, seed }: { share: number; seed: number },
): ValidationSplit {
  const all = videos.map((_, i) => i)
  const wanted = Math.round(share * videos.length)
  const units = [...Map.groupBy(all, (i) => videos[i]?.group ?? `video ${i}`).values()]
  const counts = Map.groupBy(videos, ({ label }) => label)
  const taken = new Map<number, number>()
  const aside = new Set<number>()
  for (const unit of random(seed, 41).shuffle(units)) {
    const own = Map.groupBy(unit, (i) => videos[i]?.label ?? -1)
    const fits = [...own].every(
      ([label, some]) => (taken.get(label) ?? 0) + some.length <= (counts.get(label)?.length ?? 0) / 2,
    )
    // A group may overshoot by no more than what was still wanted.
    if (!fits || aside.size >= wanted || unit.length > 2 * (wanted - aside.size)) continue
    for (const i of unit) aside.add(i)
    for (const [label, some] of own) taken.set(label, (taken.get(label) ?? 0) + some.length)
  }
  if (aside.size < fewestValidation) return { train: all, validation: [] }
  return { train: all.filter((i) => !aside.has(i)), validation: all.filter((i) => aside.has(i)) }
}
