import type { EChartsCoreOption } from 'echarts/core'
import { shortNumber } from '@renderer/words/format'
import { type Mode, colors } from '@renderer/theme/tokens'
import type { Point } from './run-curves'

export interface Line {
  name: string
  points: readonly Point[]
  /** `beside`: of another run, faint; its `label` alone stands at its end. */
  look?: 'accent' | 'accent-dashed' | 'plain' | 'beside'
  label?: string
  /** Which of the other runs it is of, from 0: each has its own dashes. */
  of?: number
}

const dashes = { accent: 'solid', 'accent-dashed': 'dashed', plain: 'solid', beside: 'dotted' } as const
/** Of other runs, one after the other; told apart without colour. */
const besideDashes = ['dotted', [8, 3], [2, 3, 8, 3], [14, 4], [1, 5]] as const
/** Of another run's name so many letters stand at most, the last ones always: names of one sweep begin alike. */
const [longestName, keptLetters] = [16, 8]

/** Curves with their name and newest value at the end of each line; a reference line carries its formula. */
export function lineChart(
  lines: readonly Line[],
  { mode, reference }: { mode: Mode; reference?: { value: number; label: string } },
): EChartsCoreOption {
  const c = colors[mode]
  const range = rangeOf(lines)
  const named = lines.filter(isLabelled).length > 1 || reference !== undefined
  return {
    animation: false,
    grid: {
      left: 4,
      right: named ? 144 : 60,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => shortNumber(Number(value)), confine: true },
    xAxis: {
      ...{ type: 'value', min: 0, max: 'dataMax' },
      ...{ splitLine: { show: false }, axisLine: { show: false, onZero: false } },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { formatter: (value: number) => shortNumber(value) },
    },
    series: lines.map((line, i) => {
      const { name, points, look = 'plain', label = name, of = 0 } = line
      const color = look === 'beside' ? c['text-3'] : look === 'plain' ? c.text : c.accent
      const type = look === 'beside' ? besideDashes[of % besideDashes.length] : dashes[look]
      return {
        ...{ type: 'line', name, data: points, showSymbol: points.length === 1, symbolSize: 5, smooth: false, color },
        lineStyle: { width: look === 'beside' ? 1.2 : 1.6, type },
        endLabel: {
          ...{ show: isLabelled(line), color, fontSize: 11, fontWeight: look === 'beside' ? 400 : 600, distance: 8 },
          // Said, since it is guessed from a letter that not every machine has.
          lineHeight: 13,
          offset: [0, besideReference(line, reference?.value, range)],
          formatter: ({ value }: { value: Point }) =>
            named ? `${look === 'beside' ? cut(label) : label} ${shortNumber(value[1])}` : shortNumber(value[1]),
        },
        // Lines that end together have their words one above the other.
        labelLayout: { moveOverlap: 'shiftY' },
        markLine: i === 0 && reference ? markOf(reference, c['text-3']) : undefined,
      }
    }),
  }
}

const isLabelled = ({ look, label }: Line): boolean => look !== 'beside' || label !== undefined

function cut(name: string): string {
  if (name.length <= longestName) return name
  return `${name.slice(0, longestName - keptLetters - 1)}…${name.slice(-keptLetters)}`
}

/** Share of the chart's height that a label takes, about. */
const labelHeight = 0.06

/** Words at the end of a line that ends at the reference stand off its words, on their own side, px. */
function besideReference({ points }: Line, reference: number | undefined, range: number): number {
  const end = points.at(-1)?.[1]
  if (reference === undefined || end === undefined || Math.abs(end - reference) > labelHeight * range) return 0
  return end < reference ? 13 : -13
}

/** How far the values of all lines lie apart. */
function rangeOf(lines: readonly Line[]): number {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y))
  return Math.max(...values) - Math.min(...values)
}

function markOf({ value, label }: { value: number; label: string }, color: string) {
  return {
    ...{ silent: true, symbol: 'none', data: [{ yAxis: value }] },
    lineStyle: { color, type: 'dotted', width: 1 },
    label: { formatter: label, position: 'end', color, fontSize: 11 },
  }
}
