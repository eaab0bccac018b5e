import type { SettingField } from '@shared/config/setting-words'
import type { Run } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import { bestOf, sweepMeasures, valuesOf } from '@shared/sweep-results'
import type { EChartsCoreOption } from 'echarts/core'
import { metric, shortNumber } from '@renderer/words/format'
import { type Mode, colors } from '@renderer/theme/tokens'
import { headlineWord } from './run-words'
import { cellWords, variedFields } from './sweep-words'

/**
 * Parallel coordinates of a sweep: an axis per setting that differs, then one per number that its finished runs have; a
 * line per run that has such a number, the best one in the accent colour. Null before the first.
 */
export function parallelChart(sweep: Sweep, runs: readonly Run[], mode: Mode): EChartsCoreOption | null {
  const measured = runs.filter(({ headline }) => sweepMeasures[sweep.kind].some((key) => headline[key] !== undefined))
  const measures = sweepMeasures[sweep.kind].filter((key) =>
    measured.some(({ headline }) => headline[key] !== undefined),
  )
  const fields = variedFields(sweep)
  if (measured.length === 0) return null
  const c = colors[mode]
  const best = bestOf(measured)
  const axes = [
    ...fields.map((field) => settingAxis(field, sweep, measured)),
    ...measures.map((key) => measureAxis(key)),
  ]
  const lines = measured
    .toSorted((a, b) => Number(a === best) - Number(b === best))
    .map((run) => {
      const values = valuesOf(run, sweep)
      return {
        name: run.name,
        value: [
          ...fields.map((field) => {
            const value = values[field.key]
            return isNumeric(value) ? value : cellWords(field, value)
          }),
          ...measures.map((key) => run.headline[key] ?? '-'),
        ],
        lineStyle: run === best ? { color: c.accent, width: 3, opacity: 1 } : {},
      }
    })
  return {
    animation: false,
    parallel: {
      ...{ left: 44, right: 76, top: 40, bottom: 24 },
      parallelAxisDefault: {
        nameTextStyle: { color: c['text-2'], fontSize: 12, fontWeight: 600 },
        nameGap: 14,
        axisLine: { lineStyle: { color: c['line-3'] } },
        axisTick: { show: false },
        axisLabel: { color: c['text-2'], fontSize: 11 },
      },
    },
    parallelAxis: axes.map((axis, dim) => ({ dim, ...axis })),
    tooltip: { confine: true, formatter: ({ name }: { name: string }) => tipOf(name, sweep, runs) },
    series: [
      {
        ...{ type: 'parallel', data: lines, smooth: false },
        lineStyle: { color: c['text-3'], width: 1.5, opacity: 0.55 },
        emphasis: { lineStyle: { color: c.text, width: 3, opacity: 1 } },
      },
    ],
  }
}

function settingAxis(field: SettingField, sweep: Sweep, runs: readonly Run[]) {
  const axis = sweep.axes.find((one) => one.field === field.key)
  const values = runs.map((run) => valuesOf(run, sweep)[field.key])
  const name = field.title
  const numbers = values.filter(isNumeric)
  if (numbers.length < values.length) {
    return { name, type: 'category' as const, data: [...new Set(values.map((value) => cellWords(field, value)))] }
  }
  const isLog = (axis && 'from' in axis && axis.scale === 'log') || spansDecades(numbers)
  const axisLabel = { formatter: (value: number) => shortNumber(value) }
  if (isLog) return { name, type: 'log' as const, ...boundsOf(numbers), axisLabel }
  const minInterval = field.kind === 'integer' ? 1 : undefined
  return { name, type: 'value' as const, ...boundsOf(numbers), minInterval, axisLabel }
}

function measureAxis(key: string) {
  const axisLabel = { formatter: (value: number) => shortNumber(value) }
  return { name: headlineWord(key), type: 'value' as const, scale: true, splitNumber: 4, axisLabel }
}

function boundsOf(values: readonly number[]): { min: number; max: number } {
  const [min, max] = [Math.min(...values), Math.max(...values)]
  return min === max ? { min: min - Math.abs(min || 1) / 10, max: max + Math.abs(max || 1) / 10 } : { min, max }
}

/**
 * Values some of which lie a hundred times above others are told apart on a log scale alone; from ten times on it is the
 * better one where they were chosen by factors, as 0.003, 0.01, 0.03, 0.1: more below the middle than above it.
 */
function spansDecades(values: readonly number[]): boolean {
  const [min, max] = [Math.min(...values), Math.max(...values)]
  if (min <= 0) return false
  const different = [...new Set(values)]
  const low = different.filter((value) => value < (min + max) / 2).length
  return max / min >= 100 || (max / min >= 10 && low > different.length - low)
}

function isNumeric(value: unknown): value is number {
  return typeof value === 'number'
}

/** Text alone: names of runs are a person's. */
function tipOf(name: string, sweep: Sweep, runs: readonly Run[]): HTMLElement {
  const tip = document.createElement('div')
  const run = runs.find((one) => one.name === name)
  const settings = run
    ? variedFields(sweep).map((field) => [field.title, cellWords(field, valuesOf(run, sweep)[field.key])])
    : []
  const numbers = sweepMeasures[sweep.kind].flatMap((key) => {
    const value = run?.headline[key]
    return value === undefined ? [] : [[headlineWord(key), metric(value, 3)]]
  })
  for (const line of [name, ...[...settings, ...numbers].map((pair) => pair.join(' '))]) {
    tip.append(Object.assign(document.createElement('div'), { textContent: line }))
  }
  return tip
}
