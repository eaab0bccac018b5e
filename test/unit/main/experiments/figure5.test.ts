import { expect, test } from 'vitest'
import { curveTable, figure5, figure5Table } from '@main/experiments/figure5'
import { placesOf } from '@main/experiments/measured-rows'
import type { Outcome } from '@shared/contract/evaluation'
import { ClassId, VideoId } from '@shared/ids'
import { anOutcome } from '../../../support/fake-measures'

const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((id) => ClassId.parse(id)) as [ClassId, ClassId, ClassId, ClassId]
let next = 0

/** An output for "why A, not `neg`" of a clip that is classified as A. */
function row(video: string, neg: ClassId, more: Partial<Outcome> = {}): Outcome {
  const about = { video: VideoId.parse(video), pos: a, neg, label: a, negTies: 0 }
  return anOutcome(next++, { ...about, ...more })
}

/** What a likelihood of B, C and D is in this clip. */
const likely = { x: { [b]: 0.3, [c]: 0.2, [d]: 0.1 }, y: { [b]: 0.1, [c]: 0.2, [d]: 0.3 } }
const of = (video: 'x' | 'y', neg: ClassId, negRank: number, more: Partial<Outcome> = {}) =>
  row(video, neg, { negBefore: likely[video][neg], negRank, ...more })

/** Ranks of B, C, D under the mask of the best output of x and of y. */
const best = [of('x', b, 1), of('x', c, 3), of('x', d, 2), of('y', d, 2), of('y', c, 1), of('y', b, 3)]

const value = (points: ReturnType<typeof figure5>, about: object) => {
  const found = points.filter((point) =>
    Object.entries(about).every(([key, wanted]) => Reflect.get(point, key) === wanted),
  )
  expect(found, JSON.stringify(about)).toHaveLength(1)
  return found[0]!
}

test('a negative stands at the place of its probability among those of its own clip', () => {
  const places = placesOf(best)
  expect(best.map((one) => places.get(one))).toEqual([1, 2, 3, 1, 2, 3])
})

test('the point at n is the mean over the n likeliest negatives of each clip', () => {
  const points = figure5(best, { most: 3, seed: 0 })
  const nca = (k: number, n: number) => value(points, { clips: 'all', method: 'method', outputs: 1, k, n })
  // Likeliest: x against B is a hit (rank 1), y against D is not (rank 2).
  expect(nca(1, 1)).toMatchObject({ value: 1 / 2, count: 2 })
  // Second: x against C is not (3), y against C is (1).
  expect(nca(1, 2)).toMatchObject({ value: 2 / 4, count: 4 })
  expect(nca(1, 3)).toMatchObject({ value: 2 / 6, count: 6 })
  expect([1, 2, 3].map((n) => nca(3, n).value)).toEqual([1, 1, 1])
})

test('an interval stands beside each mean, and lies around it', () => {
  for (const { value: mean, low, high } of figure5(best, { most: 3, seed: 0 })) {
    expect(low!).toBeLessThanOrEqual(mean + 1e-12)
    expect(high!).toBeGreaterThanOrEqual(mean - 1e-12)
  }
})

test('clips that are classified wrongly are in the curve of all clips and not in that of the correct ones', () => {
  const wrong = row('z', b, { label: b, negBefore: 0.5, negRank: 4 })
  const points = figure5([...best, wrong], { most: 3, seed: 0 })
  expect(value(points, { clips: 'all', k: 1, n: 1 })).toMatchObject({ value: 1 / 3, count: 3 })
  expect(value(points, { clips: 'correct', k: 1, n: 1 })).toMatchObject({ value: 1 / 2, count: 2 })
})

test('of several outputs, each by itself and all in one mask are two numbers', () => {
  const rows = [0, 1, 2].map((rank) =>
    of('x', b, [1, 4, 1][rank]!, { rank, unionNegRank: rank === 1 ? null : [1, 0, 2][rank]!, unionNegTies: 0 }),
  )
  const points = figure5(rows, { most: 1, seed: 0 })
  expect(value(points, { clips: 'all', outputs: 3, masked: 'each', k: 1 })).toMatchObject({ value: 2 / 3, count: 3 })
  expect(value(points, { clips: 'all', outputs: 3, masked: 'together', k: 1 })).toMatchObject({ value: 0, count: 1 })
  expect(value(points, { clips: 'all', outputs: 3, masked: 'together', k: 3 }).value).toBe(1)
  expect(
    points.some(({ outputs }) => outputs === 5),
    'there are no five outputs',
  ).toBe(false)
})

test('negatives that tie share the hit, so that a mask of nothing scores chance', () => {
  const points = figure5([of('x', b, 2, { negTies: 2 })], { most: 1, seed: 0 })
  expect(value(points, { clips: 'all', k: 1, n: 1 }).value).toBeCloseTo(1 / 3, 12)
})

test('outputs that were not masked, and the prior that names no place, are in no curve', () => {
  const rows = [of('x', b, 1), row('x', b, { rank: 1, negRank: null }), row('x', b, { method: 'classPrior' })]
  const points = figure5(rows, { most: 1, seed: 0 })
  expect(new Set(points.map(({ method, outputs }) => `${method} ${outputs}`))).toEqual(new Set(['method 1']))
})

test('every point is a row of the file, under the name of its curve', () => {
  const points = figure5(best, { most: 3, seed: 0 })
  const { rows } = curveTable(points)
  expect(rows).toHaveLength(points.length)
  expect(rows[0]!.cells).toMatchObject({ curve: 'method-all-each1-top1', n: 1, nca: { value: 0.5, count: 2 } })
})

test("the table shows n = 3 and the largest n, chance, and the paper's number at top-3, n = 3", () => {
  const { columns, rows } = figure5Table(figure5(best, { most: 3, seed: 0 }), { chances: 3 })
  expect(columns.map(({ key }) => key)).toEqual(['method', 'top1n3', 'top3n3', 'top5n3'])
  expect(rows[0]!.cells).toMatchObject({ method: 'The method, ranked by min: best pair', top1n3: { count: 6 } })
  expect(rows[1]!.cells).toMatchObject({ method: 'Chance, k of 3', top1n3: { value: 1 / 3 }, top5n3: { value: 1 } })
  expect(rows.find(({ cells }) => cells.method === 'Paper, Olympic Sports: proposed')!.cells).toMatchObject({
    top3n3: { value: 0.62, count: null },
  })
})
