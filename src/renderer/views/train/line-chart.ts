import type { EChartsCoreOption } from 'echarts/core'
import { shortNumber } from '@renderer/words/format'
import { type Mode, colors } from '@renderer/theme/tokens'
import type { Point } from './run-curves'

export interface Line {
  name: string
  points: readonly Point[]
  /** `beside`: of another run, faint and without a label at its end. */
  look?: 'accent' | 'accent-dashed' | 'plain' | 'beside'
}

const dashes = { accent: 'solid', 'accent-dashed': 'dashed', plain: 'solid', beside: 'dotted' } as const

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
  const named = lines.filter(({ look }) => look !== 'beside').length > 1 || reference !== undefined
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
    series: lines.map(({ name, points, look = 'plain' }, i) => {
      const color = look === 'beside' ? c['text-3'] : look === 'plain' ? c.text : c.accent
      return {
        ...{ type: 'line', name, data: points, showSymbol: points.length === 1, symbolSize: 5, smooth: false, color },
        lineStyle: { width: look === 'beside' ? 1.2 : 1.6, type: dashes[look] },
        endLabel: {
          ...{ show: look !== 'beside', color, fontSize: 11, fontWeight: 600, distance: 8 },
          offset: [0, shifts[i] ?? 0],
          formatter: ({ value }: { value: Point }) =>
            named ? `${name} ${shortNumber(value[1])}` : shortNumber(value[1]),
        },
        markLine: i === 0 && reference ? markOf(reference, c['text-3']) : undefined,
      }
    }),
  }
}

/** Share of the chart's height that a label takes, about. */
const labelHeight = 0.06

/** How many pixels each label at the end of a line moves, so that lines which end together, or at the reference, can be read. */
function labelShifts(lines: readonly Line[], reference: number | undefined): number[] {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y))
  const range = Math.max(...values) - Math.min(...values)
  const ends = lines
    .map(({ points, look }, i) => ({ i, y: look === 'beside' ? null : (points.at(-1)?.[1] ?? null) }))
    .flatMap(({ i, y }) => (y === null ? [] : [{ i, y }]))
    .sort((a, b) => b.y - a.y)
  const shifts = lines.map(() => 0)
  for (const [k, { i, y }] of ends.entries()) {
    const above = ends[k - 1]
    if (!above || above.y - y > labelHeight * range) continue
    shifts[above.i] = Math.min(shifts[above.i] ?? 0, -7)
    shifts[i] = 7
  }
  for (const { i, y } of ends) {
    if (reference === undefined || Math.abs(y - reference) > labelHeight * range) continue
    shifts[i] = y < reference ? Math.max(shifts[i] ?? 0, 13) : Math.min(shifts[i] ?? 0, -13)
  }
  return shifts
}

function markOf({ value, label }: { value: number; label: string }, color: string) {
  return {
    ...{ silent: true, symbol: 'none', data: [{ yAxis: value }] },
    lineStyle: { color, type: 'dotted', width: 1 },
    label: { formatter: label, position: 'end', color, fontSize: 11 },
  }
}
