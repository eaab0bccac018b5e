import type { Quality } from '@shared/contract/campaign-quality'
import type { EChartsCoreOption } from 'echarts/core'
import { type Mode, colors } from '@renderer/theme/tokens'
import { reliable, share, usable } from './campaign-words'

/** A tick of an axis from 0 to 1: "0", ".5", "1". */
function tick(value: number): string {
  return String(Number(value.toFixed(2)))
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '\u2212')
}

/** A row of the chart: a word, how far people agree on it, and why it is weak. */
export interface AgreementRow {
  name: string
  value: number | null
  plusMinus: number | null
  note: string
}

/** Words by agreement, the best first: alpha where words are answered, tube IoU where they are boxed. */
export function agreementRows({ attributes }: Quality, boxes: boolean): AgreementRow[] {
  return attributes
    .map(({ name, alpha, plusMinus, iou, unsure, differing }) => ({
      name,
      value: boxes ? iou : alpha,
      plusMinus: boxes ? null : plusMinus,
      note: noteOf({ alpha, unsure, differing, boxes }),
    }))
    .sort((a, b) => (b.value ?? -2) - (a.value ?? -2))
}

function noteOf(of: { alpha: number | null; unsure: number; differing: number; boxes: boolean }): string {
  if (of.boxes || of.alpha === null || of.alpha >= reliable) return ''
  if (of.unsure >= 0.1) return `${Math.round(of.unsure * 100)} % unsure`
  return of.differing > 0 ? `${of.differing} differ` : ''
}

/** The number, its half interval, and the cause where it is weak. */
function valueWords({ value, plusMinus, note }: AgreementRow): string {
  const interval = plusMinus === null ? '' : ` ±${share(plusMinus)}`
  return `{b|${share(value)}}${interval}${note ? `  ${note}` : ''}`
}

/** Bars with the lines from which labels are usable and reliable; the number and the cause at the end of each. */
export function agreementChart(rows: readonly AgreementRow[], mode: Mode, boxes: boolean): EChartsCoreOption {
  const c = colors[mode]
  const lowest = Math.min(0, ...rows.map(({ value }) => value ?? 0))
  const ofRows = { type: 'category', inverse: true } as const
  const line = (at: number, name: string, align: 'left' | 'right') => {
    return { xAxis: at, label: { formatter: `${name} ${share(at)}`, align } }
  }
  return {
    animation: false,
    grid: { left: 4, right: 4, top: 22, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: lowest < 0 ? -0.5 : 0, max: 1, splitNumber: 2, axisLabel: { formatter: tick } },
    yAxis: [
      {
        ...ofRows,
        data: rows.map(({ name }) => name),
        axisLabel: { color: c.text, fontSize: 12, width: 120, overflow: 'truncate' },
      },
      {
        ...ofRows,
        position: 'right',
        data: rows.map(valueWords),
        axisLabel: { fontSize: 11, rich: { b: { color: c.text, fontSize: 12, fontWeight: 600 } } },
      },
    ],
    series: [
      { type: 'bar', yAxisIndex: 1, data: [], silent: true },
      {
        type: 'bar',
        barMaxWidth: 14,
        data: rows.map(({ value }) => value ?? 0),
        itemStyle: { color: c.accent, borderRadius: [0, 2, 2, 0] },
        markLine: boxes
          ? undefined
          : {
              ...{ symbol: 'none', silent: true, animation: false },
              lineStyle: { type: 'dotted', color: c.text, width: 1.5 },
              label: { position: 'start', color: c['text-3'], fontSize: 11 },
              data: [line(usable, 'usable', 'right'), line(reliable, 'reliable', 'left')],
            },
      },
    ],
  }
}

/** How agreement went on as answers came in. */
export function overTimeChart({ overTime }: Quality, mode: Mode): EChartsCoreOption {
  const c = colors[mode]
  let sum = 0
  const points = overTime.flatMap(({ answers, alpha }) => {
    sum += answers
    return alpha === null ? [] : [[sum, alpha]]
  })
  return {
    animation: false,
    grid: { left: 4, right: 48, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => share(Number(value)) },
    xAxis: { type: 'value', min: 0, name: 'answers', nameLocation: 'end', nameGap: 8, splitLine: { show: false } },
    yAxis: {
      type: 'value',
      max: 1,
      min: (of: { min: number }) => Math.min(0, of.min),
      axisLabel: { formatter: tick },
    },
    series: [
      {
        ...{ type: 'line', name: 'alpha', data: points, color: c.accent, symbolSize: 5, lineStyle: { width: 1.6 } },
        endLabel: {
          show: true,
          color: c.text,
          fontSize: 11,
          formatter: ({ value }: { value: number[] }) => share(value[1]),
        },
      },
    ],
  }
}

/** How often each person says what others say, word by word. */
export function peopleChart({ annotators, attributes }: Quality, mode: Mode): EChartsCoreOption {
  const c = colors[mode]
  const people = annotators.filter(({ byAttribute, answered }) => byAttribute.length > 0 && answered > 0)
  const cells = people.flatMap((person, y) =>
    attributes.flatMap(({ attribute }, x) => {
      const found = person.byAttribute.find((one) => one.attribute === attribute)
      const agreed = found?.withOthers ?? null
      return agreed === null ? [] : [[x, y, agreed]]
    }),
  )
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      confine: true,
      formatter: ({ value: [x = 0, y = 0, value = 0] }: { value: number[] }) =>
        `${people[y]?.name ?? ''}, ${attributes[x]?.name ?? ''}: ${share(value)}`,
    },
    visualMap: { show: false, min: 0, max: 1, inRange: { color: [c['heat-0'], c['heat-2'], c['heat-4']] } },
    xAxis: {
      type: 'category',
      data: attributes.map(({ name }) => name),
      axisLabel: { interval: 0, rotate: attributes.length > 8 ? 40 : 0 },
    },
    yAxis: { type: 'category', inverse: true, data: people.map(({ name }) => name) },
    series: [
      {
        ...{ type: 'heatmap', data: cells, itemStyle: { borderColor: c.surface, borderWidth: 2 } },
        label: {
          show: cells.length <= 60,
          fontSize: 11,
          formatter: ({ value }: { value: number[] }) => share(value[2]),
        },
      },
    ],
  }
}

/** Seconds per item of each person: median and middle half, against the length of the clip. */
export function secondsChart({ annotators, clipSeconds }: Quality, mode: Mode): EChartsCoreOption {
  const c = colors[mode]
  const people = annotators.flatMap(({ name, seconds, flags }) =>
    seconds ? [{ name, seconds, flagged: flags.length > 0 }] : [],
  )
  const bars = people.map(({ name, seconds: { low, high }, flagged }) => ({
    ...{ type: 'line', symbol: 'none', silent: true, z: 2 },
    data: [
      [Math.max(0.1, low), name],
      [Math.max(0.11, high), name],
    ],
    lineStyle: { width: 8, cap: 'butt', color: flagged ? c.warn : c['text-3'], opacity: 0.55 },
  }))
  const clip =
    clipSeconds === null
      ? []
      : [{ xAxis: clipSeconds, label: { formatter: `the clip lasts ${clipSeconds.toFixed(1)} s` } }]
  return {
    animation: false,
    grid: { left: 4, right: 24, top: 20, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { confine: true },
    xAxis: {
      type: 'log',
      min: 'dataMin',
      max: 'dataMax',
      splitLine: { lineStyle: { color: c.line } },
      axisLabel: {
        color: c['text-3'],
        formatter: (value: number) => `${Number(value.toPrecision(2))} s`,
        hideOverlap: true,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: people.map(({ name }) => name),
      axisLabel: { color: c.text, fontSize: 12 },
    },
    series: [
      ...bars,
      {
        ...{ type: 'scatter', symbol: 'rect', symbolSize: [3, 12], z: 3 },
        data: people.map(({ name, seconds, flagged }) => {
          return { value: [Math.max(0.1, seconds.median), name], itemStyle: { color: flagged ? c.warn : c.text } }
        }),
        tooltip: {
          formatter: ({ value: [median, name] }: { value: [number, string] }) =>
            `${name}: median ${median.toFixed(1)} s`,
        },
        markLine: {
          ...{ symbol: 'none', silent: true, data: clip },
          lineStyle: { type: 'dotted', color: c.text, width: 1.5 },
          label: { position: 'start', color: c['text-3'], fontSize: 11 },
        },
      },
    ],
  }
}
