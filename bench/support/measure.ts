import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds that some work took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

/** Median of the milliseconds that some synchronous work takes, after one run to warm up. */
export function medianMs(times: number, work: () => unknown): number {
  work()
  const samples = Array.from({ length: times }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return quantile(samples, 0.5)
}

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

/** Runs with a folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}

/** A number given as `--name 12`, or the usual one. */
export function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? usual : Number(process.argv[at + 1])
}

/** Milliseconds of processor time, all threads together, that some work takes. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

/** Medians of several pieces of work that take turns, after one round to warm up. */
export async function inTurns<N extends string>(
  rounds: number,
  measure: (work: () => unknown) => Promise<number>,
  works: Record<N, () => unknown>,
): Promise<Record<N, number>> {
  const names = Object.keys(works) as N[]
  for (const name of names) await works[name]()
  const samples: number[][] = []
  for (let round = 0; round < rounds; round++) {
    const row: number[] = []
    for (const name of names) row.push(await measure(works[name]))
    samples.push(row)
  }
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      quantile(
        samples.map((row) => row[i] ?? NaN),
        0.5,
      ),
    ]),
  ) as Record<N, number>
}
