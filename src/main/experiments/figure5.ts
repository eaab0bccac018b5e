import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import { ncaHit } from '@main/evaluation/summary'
import { estimate } from '@main/evaluation/bootstrap'
import type { CurvePoint } from './curve-point'
import { correctOnly, methodName, methodsIn, placesOf, topK } from './measured-rows'
import { paperRows } from './paper-rows'
import { type Cell, type Table, type TableRow, printed } from './result'

/**
 * Figure 5: NCA over the n likeliest negatives, n = 1 to `most`, of the best output, of the best few each by itself, and
 * of the best few in one mask (docs/evaluation.md). Several outputs stand only where every rank up to them was masked.
 */
export function figure5(rows: readonly OutcomeNumbers[], { most, seed }: { most: number; seed: number }): CurvePoint[] {
  const places = placesOf(rows)
  const sets = { all: rows, correct: correctOnly(rows) }
  return (['all', 'correct'] as const).flatMap((clips) => {
    const byMethod = Map.groupBy(sets[clips], ({ method }) => method)
    return methodsIn(rows).flatMap((method) =>
      curvesOf(byMethod.get(method) ?? [], places).flatMap(({ outputs, masked, k, hits }) =>
        hitsUpTo(hits, most).flatMap(({ n, values }) => {
          const { value, count, low, high } = estimate(values, seed)
          return value === null ? [] : [{ clips, method, outputs, masked, k, n, value, count, low, high }]
        }),
      ),
    )
  })
}

interface Hit {
  video: string
  place: number
  value: number
}

interface Curve extends Pick<CurvePoint, 'outputs' | 'masked' | 'k'> {
  hits: Hit[]
}

/** Every curve of one method. */
function curvesOf(rows: readonly OutcomeNumbers[], places: ReadonlyMap<OutcomeNumbers, number>): Curve[] {
  const deepest = Math.max(-1, ...rows.filter(({ negRank }) => negRank !== null).map(({ rank }) => rank))
  return topK
    .filter((outputs) => outputs <= deepest + 1)
    .flatMap((outputs) => (['each', 'together'] as const).map((masked) => ({ outputs, masked })))
    .filter(({ outputs, masked }) => outputs > 1 || masked === 'each')
    .flatMap(({ outputs, masked }) =>
      topK.map((k) => ({
        ...{ outputs, masked, k },
        hits: rows.flatMap((row): Hit[] => {
          const value = masked === 'each' ? eachHit(row, { outputs, k }) : togetherHit(row, { outputs, k })
          return value === null ? [] : [{ video: row.video, place: places.get(row) ?? 0, value }]
        }),
      })),
    )
}

function eachHit(row: OutcomeNumbers, { outputs, k }: { outputs: number; k: number }): number | null {
  return row.rank < outputs ? ncaHit(row, k) : null
}

function togetherHit(row: OutcomeNumbers, { outputs, k }: { outputs: number; k: number }): number | null {
  if (row.rank !== outputs - 1) return null
  return ncaHit({ negRank: row.unionNegRank, negTies: row.unionNegTies }, k)
}

function hitsUpTo(hits: readonly Hit[], most: number): { n: number; values: Hit[] }[] {
  return Array.from({ length: most }, (_, i) => i + 1)
    .map((n) => ({ n, values: hits.filter(({ place }) => place <= n) }))
    .filter(({ values }) => values.length > 0)
}

/** Every point as a row: the file behind the figure. */
export function curveTable(points: readonly CurvePoint[]): Table {
  return {
    columns: [
      ...(['curve', 'clips', 'method', 'outputs', 'masked', 'k', 'n'] as const).map((key) => ({ key, title: key })),
      { key: 'nca', title: 'nca' },
    ],
    rows: points.map(({ value, count, low, high, ...about }) => ({
      source: 'project' as const,
      cells: { curve: curveName(about), ...about, nca: { value, count, low, high } },
    })),
  }
}

function curveName({ clips, method, outputs, masked, k }: Omit<CurvePoint, 'n' | 'value' | 'count' | 'low' | 'high'>) {
  return `${method}-${clips}-${masked}${outputs}-top${k}`
}

/** The figure in numbers, over all clips, at n = 3 (Table 4's) and at the largest n. */
export function figure5Table(points: readonly CurvePoint[], { chances }: { chances: number }): Table {
  const all = points.filter(({ clips }) => clips === 'all')
  const most = Math.max(1, ...all.map(({ n }) => n))
  const shown = [...new Set([Math.min(3, most), most])]
  const keys = shown.flatMap((n) => topK.map((k) => ({ key: `top${k}n${n}`, title: `top-${k}, n = ${n}`, k, n })))
  // The best pair first, as the figure shows it; several outputs below.
  const ordered = [...all.filter(({ outputs }) => outputs === 1), ...all.filter(({ outputs }) => outputs > 1)]
  const lines = Map.groupBy(
    ordered,
    ({ method, outputs, masked }) => `${methodName(method)}: ${wording(method, outputs, masked)}`,
  )
  const rows = [...lines].map(([method, own]): TableRow => {
    const cells = keys.map(({ key, k, n }): [string, Cell] => [key, cellAt(own, k, n)])
    return { source: 'project', cells: { method, ...Object.fromEntries(cells) } }
  })
  const chance = keys.map(({ key, k }): [string, Cell] => [key, printed(Math.min(1, k / chances))])
  const several = [...lines.values()].findIndex(([point]) => (point?.outputs ?? 1) > 1)
  const best = several < 0 ? rows : rows.slice(0, several)
  return {
    columns: [{ key: 'method', title: 'Masked' }, ...keys.map(({ key, title }) => ({ key, title }))],
    rows: [
      ...best,
      { source: 'project', cells: { method: `Chance, k of ${chances}`, ...Object.fromEntries(chance) } },
      ...rows.slice(best.length),
      ...paperRows(({ fcLayers }, row) => ({ top3n3: printed(fcLayers[row][0]) })),
    ],
  }
}

/** Only the model ranks its outputs; a baseline has a tube for each of them. */
function wording(method: string, outputs: number, masked: CurvePoint['masked']): string {
  const best = method === 'method' || method === 'selectByMax'
  if (outputs === 1) return best ? 'best pair' : 'one tube'
  if (masked === 'each') return best ? `each of the best ${outputs} pairs` : `each of ${outputs} tubes`
  return best ? `the best ${outputs} tubes together` : `${outputs} tubes together`
}

function cellAt(points: readonly CurvePoint[], k: number, n: number): Cell {
  const point = points.find((one) => one.k === k && one.n === n)
  if (!point) return null
  const { value, count, low, high } = point
  return { value, count, low, high }
}
