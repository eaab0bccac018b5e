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
const longestLabel = 22

/** Curves with their name and newest value at the end of each line; a reference line carries its formula. */
export function lineChart(
  lines: readonly Line[],
  {
    mode,
    xName,
    xMax,
    reference,
  }: { mode: Mode; xName: string; xMax?: number; reference?: { value: number; label: string } },
): EChartsCoreOption {
  const c = colors[mode]
  const shifts = labelShifts(lines, reference?.value)
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
      ...{ type: 'value', min: 0, max: xMax ?? 'dataMax', name: xName, nameLocation: 'end', nameGap: 14 },
      ...{ splitLine: { show: false }, axisLine: { show: false, onZero: false } },
      nameTextStyle: { align: 'left', verticalAlign: 'top', padding: [7, 0, 0, 0] },
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
          offset: [0, shifts[i] ?? 0],
          formatter: ({ value }: { value: Point }) =>
            named ? `${cut(label)} ${shortNumber(value[1])}` : shortNumber(value[1]),
        },
        markLine: i === 0 && reference ? markOf(reference, c['text-3']) : undefined,
      }
    }),
  }
}

const isLabelled = ({ look, label }: Line): boolean => look !== 'beside' || label !== undefined

const cut = (label: string): string => (label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label)

/** Share of the chart's height that a label takes, about. */
const labelHeight = 0.06

/** How many pixels each label at the end of a line moves, so that lines which end together, or at the reference, can be read. */
function labelShifts(lines: readonly Line[], reference: number | undefined): number[] {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y))
  const range = Math.max(...values) - Math.min(...values)
  const ends = lines
    .map((line, i) => ({ i, y: isLabelled(line) ? (line.points.at(-1)?.[1] ?? null) : null }))
    .flatMap(({ i, y }) => (y === null ? [] : [{ i, y }]))
    .sort((a, b) => b.y - a.y)
  const shifts = lines.map(() => 0)
  for (const together of endingTogether(ends, labelHeight * range))
    for (const [k, { i }] of together.entries()) shifts[i] = (k - (together.length - 1) / 2) * 14
  for (const { i, y } of ends) {
    if (reference === undefined || Math.abs(y - reference) > labelHeight * range) continue
    shifts[i] = y < reference ? Math.max(shifts[i] ?? 0, 13) : Math.min(shifts[i] ?? 0, -13)
  }
  return shifts
}

/** Neighbours nearer than `least` stand in one group. */
function endingTogether<End extends { y: number }>(ends: readonly End[], least: number): End[][] {
  const groups: End[][] = []
  for (const end of ends) {
    const above = groups.at(-1)
    const last = above?.at(-1)
    if (above && last && last.y - end.y <= least) above.push(end)
    else groups.push([end])
  }
  return groups
}

function markOf({ value, label }: { value: number; label: string }, color: string) {
  return {
    ...{ silent: true, symbol: 'none', data: [{ yAxis: value }] },
    lineStyle: { color, type: 'dotted', width: 1 },
    label: { formatter: label, position: 'end', color, fontSize: 11 },
  }
}
