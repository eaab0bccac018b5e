import { random } from '@main/learning/random'
import type { Alpha } from '@shared/contract/campaign-quality'

/** How many people gave each answer to one thing that was asked. */
export type Unit = readonly number[]

/** Units that belong together, such as the words of one video: they are drawn together. */
export type Cluster = readonly Unit[]

const draws = 200

/**
 * Krippendorff's alpha for nominal data with answers missing (Krippendorff, "Computing Krippendorff's Alpha-Reliability",
 * 2011, section C): 1 - observed / expected disagreement, over units with two answers or more.
 * @returns null where nothing was answered twice, or everybody always says the same one thing
 */
export function nominalAlpha(units: readonly Unit[]): number | null {
  return alphaOf(sumsOf(units))
}

/** Alpha with half of its 95 % interval, by drawing clusters again. */
export function alphaWithSpread(clusters: readonly Cluster[], seed = 1): Alpha {
  const each = clusters.map(sumsOf).filter(({ answers }) => answers > 0)
  const all = total(each)
  const alpha = alphaOf(all)
  const stream = random(seed, 7)
  const drawn =
    alpha === null || each.length < 2
      ? []
      : Array.from({ length: draws }, () => {
          return alphaOf(total(each.map(() => stream.pick(each))))
        })
  const told = drawn.filter((value) => value !== null).sort((a, b) => a - b)
  const at = (share: number) => told[Math.min(told.length - 1, Math.floor(told.length * share))] ?? 0
  const plusMinus = told.length < draws / 2 ? null : (at(0.975) - at(0.025)) / 2
  return { alpha, plusMinus, items: all.units, answers: all.answers }
}

/** What alpha is made of, and adds up over units. */
interface Sums {
  units: number
  answers: number
  /** Sum over units of differing ordered pairs / (answers - 1). */
  differing: number
  /** How often each answer was given. */
  values: number[]
}

function sumsOf(units: readonly Unit[]): Sums {
  const sums: Sums = { units: 0, answers: 0, differing: 0, values: [] }
  for (const unit of units) {
    const of = unit.reduce((sum, n) => sum + n, 0)
    if (of < 2) continue
    const same = unit.reduce((sum, n) => sum + n * (n - 1), 0)
    sums.units++
    sums.answers += of
    sums.differing += (of * (of - 1) - same) / (of - 1)
    unit.forEach((n, value) => (sums.values[value] = (sums.values[value] ?? 0) + n))
  }
  return sums
}

function total(list: readonly Sums[]): Sums {
  const sums: Sums = { units: 0, answers: 0, differing: 0, values: [] }
  for (const { units, answers, differing, values } of list) {
    sums.units += units
    sums.answers += answers
    sums.differing += differing
    values.forEach((n, value) => (sums.values[value] = (sums.values[value] ?? 0) + n))
  }
  return sums
}

function alphaOf({ answers, differing, values }: Sums): number | null {
  const expected = answers ** 2 - values.reduce((sum, n) => sum + n ** 2, 0)
  return expected > 0 ? 1 - ((answers - 1) * differing) / expected : null
}
