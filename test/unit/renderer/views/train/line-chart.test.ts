import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { beforeAll, expect, test } from 'vitest'
import { type Line, lineChart } from '@renderer/views/train/line-chart'

beforeAll(() => use([LineChart, GridComponent, LabelLayout, SVGRenderer]))

const endingAt = (...ends: number[]): Line[] =>
  ends.map((y, i) => ({ name: `line ${i}`, points: [[0, -12] as const, [1, y] as const].map(([x, v]) => [x, v]) }))

/** How far the words at the end of each line move, px. */
function moved(lines: Line[], reference?: { value: number; label: string }): number[] {
  const { series } = lineChart(lines, { mode: 'dark', reference }) as {
    series: { endLabel: { offset: [number, number] } }[]
  }
  return series.map(({ endLabel }) => endLabel.offset[1])
}

/** Where the words at the ends of the lines stand, px from the top, as the chart is drawn 300 px high. */
function drawn(lines: Line[]): { words: string; y: number }[] {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 480, height: 300 })
  chart.setOption(lineChart(lines, { mode: 'dark' }))
  const texts = [...chart.renderToSVGString().matchAll(/<text([^>]*)>([^<]*)</g)]
  chart.dispose()
  return texts
    .map(([, attributes = '', words = '']) => ({
      words,
      y: Number(/translate\([\d.]+ ([\d.]+)\)/.exec(attributes)?.[1]),
    }))
    .filter(({ words }) => words.startsWith('line'))
    .sort((a, b) => a.y - b.y)
}

test('however many lines end together, each has its words in a place of its own, and within the chart', () => {
  for (const ends of [
    [-1, -1.1, -1.2, -9],
    [-1, -1, -1, -1, -1, -1],
    [-12, -12, -11.9],
  ]) {
    const words = drawn(endingAt(...ends))
    expect(words).toHaveLength(ends.length)
    const apart = words.slice(1).map(({ y }, i) => y - words[i]!.y)
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(13)
    expect(words[0]!.y).toBeGreaterThan(0)
    expect(words.at(-1)!.y).toBeLessThan(300)
  }
})

test('a line of another run has the name of its run at its end, and dashes of its own', () => {
  const points: Line['points'] = [
    [0, -9],
    [1, -1],
  ]
  const of = (label: string, i: number): Line => ({ name: `loss, ${label}`, label, points, look: 'beside', of: i })
  const { series } = lineChart(
    [{ name: 'bound at best tube', points }, of('first', 0), of('Learning rate and seed.3', 1)],
    {
      mode: 'dark',
    },
  ) as unknown as {
    series: {
      lineStyle: { type: unknown }
      endLabel: { show: boolean; formatter: (at: { value: [number, number] }) => string }
    }[]
  }
  const told = series.map(({ endLabel }) => endLabel.show && endLabel.formatter({ value: [1, -1] }))
  expect(told).toEqual(['bound at best tube −1', 'first −1', 'Learnin…d seed.3 −1'])
  expect(new Set(series.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(3)
})

test('a line that ends at the reference has its words beside those of the reference, on its own side', () => {
  const reference = { value: -4.85, label: '−7 ln 2' }
  expect(moved(endingAt(-1, -5.27), reference)).toEqual([0, 13])
  expect(moved(endingAt(-1, -4.6), reference)).toEqual([0, -13])
  expect(moved(endingAt(-1, -9), reference)).toEqual([0, 0])
})
