/** One metric over several seeds, as a study prints it. */
export interface Spread {
  mean: number
  low: number
  high: number
  seeds: number
}

/** Two places, without a zero before the point, nor a sign before nothing. */
const short = (value: number) =>
  value
    .toFixed(2)
    .replace(/^-(0\.00)$/, '$1')
    .replace(/^(-?)0\./, '$1.')

/** ".98 (.96-1.00)": the mean over the seeds, its ends where they differ; a dash where nothing was measured. */
export function spreadWords(found: Spread | undefined): string {
  if (!found || !Number.isFinite(found.mean)) return '–'
  const [low, high] = [short(found.low), short(found.high)]
  return low === high ? short(found.mean) : `${short(found.mean)} (${low}-${high})`
}

/** ".98", or a dash. */
export function shareWords(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? short(value) : '–'
}

/** ".57 (.47-.67; 86 clips)": a share with its interval. */
export function intervalWords(found: unknown): string {
  const { value, interval, clips } = (found ?? {}) as { value?: number; interval?: [number, number]; clips?: number }
  if (typeof value !== 'number' || !interval) return '–'
  return `${short(value)} (${short(interval[0])}-${short(interval[1])}; ${clips} clips)`
}

/** A table of Markdown; the first cell of each row is its name. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, i) => Math.max(3, cell.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
