import type { MethodMetrics } from '@shared/contract/evaluation'

/** Metrics in the order people look for them, with the words of the screen; others follow under their own names. */
const words: Readonly<Record<string, string>> = {
  rightAttribute: 'right attribute',
  conceptTop1: 'concept top-1',
  conceptTop3: 'concept top-3',
  conceptTop5: 'concept top-5',
  ncaTop1: 'NCA top-1',
  ncaTop3: 'NCA top-3',
  ncaTop5: 'NCA top-5',
  probabilityDecrease: 'p decrease',
  relativeDrop: 'relative drop',
  tubeIou: 'tube IoU',
}

const methodWords: Readonly<Record<string, string>> = {
  method: 'the method',
  selectByMax: 'select by max',
  randomTube: 'random tube',
  trueTube: 'true tube',
  classPrior: 'class prior',
}

/** The table of an evaluation as lines: a row per metric, a column per method. */
export function tableOf(columns: readonly MethodMetrics[]): string[] {
  const found = new Set(columns.flatMap(({ metrics }) => Object.keys(metrics)))
  const keys = [...Object.keys(words).filter((key) => found.has(key)), ...[...found].filter((key) => !(key in words))]
  const head = ['', ...columns.map(({ method }) => methodWords[method] ?? method)]
  const rows = keys.map((key) => [words[key] ?? key, ...columns.map(({ metrics }) => number(metrics[key]?.value))])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(3)
}
