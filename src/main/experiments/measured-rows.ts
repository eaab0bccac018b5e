import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import { methodWords } from '@shared/measure-words'
import { estimateOf, rowMetrics } from '@main/evaluation/summary'
import type { Estimate } from '@main/evaluation/bootstrap'

/** The k of every top-k, as in the paper. */
export const topK = [1, 3, 5] as const

/** Methods in the order of the tables; the class-pair prior names no place and is in none of them. */
const order = ['method', 'selectByMax', 'centreCrop', 'actorTube', 'randomTube', 'trueTube']

export function methodsIn(rows: readonly OutcomeNumbers[]): string[] {
  const found = new Set(rows.map(({ method }) => method))
  found.delete('classPrior')
  const known = order.filter((method) => found.has(method))
  return [...known, ...[...found].filter((method) => !order.includes(method))]
}

export function methodName(method: string): string {
  return methodWords[method]?.name ?? method
}

/** Clips whose predicted class is the label. */
export function correctOnly(rows: readonly OutcomeNumbers[]): OutcomeNumbers[] {
  return rows.filter(({ label, pos }) => label === pos)
}

/** A metric of the evaluation's table, over these rows. */
export function metricOf(rows: readonly OutcomeNumbers[], key: string, seed: number): Estimate | null {
  const metric = rowMetrics({ top: [...topK] }).find((one) => one.key === key)
  if (!metric) throw new RangeError(`there is no metric ${key}`)
  return estimateOf(rows, metric.value, seed)
}

/**
 * The place of each row's negative among those that its clip was asked about, from 1: likeliest first. Where a clip was
 * asked about its n likeliest negatives, rows up to place m are those of its m likeliest.
 */
export function placesOf(rows: readonly OutcomeNumbers[]): Map<OutcomeNumbers, number> {
  const places = new Map<OutcomeNumbers, number>()
  for (const own of Map.groupBy(rows, ({ video }) => video).values()) {
    const probability = new Map(own.map(({ neg, negBefore }) => [neg, negBefore]))
    // Stable: of two that are equally likely, the one asked about first stays first.
    const likeliest = [...probability].sort((a, b) => b[1] - a[1]).map(([neg]) => neg)
    const place = new Map(likeliest.map((neg, i) => [neg, i + 1]))
    for (const row of own) places.set(row, place.get(row.neg) ?? 0)
  }
  return places
}

/** The paper's baseline that these rows have: the actor's track where actors are boxed, else the centre crop. */
export function paperBaseline(methods: readonly string[]): string | null {
  return ['actorTube', 'centreCrop'].find((method) => methods.includes(method)) ?? null
}

/** What stands in no row, in sentences. */
export function missingNotes(rows: readonly OutcomeNumbers[]): string[] {
  const methods = methodsIn(rows)
  const notes = [
    !methods.includes('actorTube') &&
      "Actor tube, the paper's baseline on UCF101-24: missing, because no actor is boxed in these clips or it was not asked for.",
    !methods.includes('trueTube') &&
      'True tube: missing, because no attribute that tells two classes apart is boxed in these clips, or it was not asked for.',
    correctOnly(rows).length === 0 &&
      'No clip is classified rightly, so there is nothing to say of correctly classified clips.',
  ]
  return notes.filter((note) => note !== false)
}
