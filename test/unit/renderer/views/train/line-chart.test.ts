import { expect, test } from 'vitest'
import { type Line, lineChart } from '@renderer/views/train/line-chart'

const endingAt = (...ends: number[]): Line[] =>
  ends.map((y, i) => ({ name: `line ${i}`, points: [[0, -12] as const, [1, y] as const].map(([x, v]) => [x, v]) }))

/** How far the words at the end of each line move, px. */
function moved(lines: Line[], reference?: { value: number; label: string }): number[] {
  const { series } = lineChart(lines, { mode: 'dark', xName: 'step', reference }) as {
    series: { endLabel: { offset: [number, number] } }[]
  }
  return series.map(({ endLabel }) => endLabel.offset[1])
}

test('lines that end together have their words one above the other', () => {
  expect(moved(endingAt(-1, -1.2, -9))).toEqual([-7, 7, 0])
})

test('however many end together, each word has its own place, in the order of the lines', () => {
  expect(moved(endingAt(-1, -1.1, -1.2, -9))).toEqual([-14, 0, 14, 0])
})

test('a line of another run has the name of its run at its end, and dashes of its own', () => {
  const points: Line['points'] = [
    [0, -9],
    [1, -1],
  ]
  const of = (label: string, i: number): Line => ({ name: `loss, ${label}`, label, points, look: 'beside', of: i })
  const { series } = lineChart([{ name: 'loss', points }, of('first', 0), of('x'.repeat(40), 1)], {
    ...{ mode: 'dark', xName: 'step' },
  }) as unknown as {
    series: {
      lineStyle: { type: unknown }
      endLabel: { show: boolean; formatter: (at: { value: [number, number] }) => string }
    }[]
  }
  const told = series.map(({ endLabel }) => endLabel.show && endLabel.formatter({ value: [1, -1] }))
  expect(told).toEqual(['loss −1', 'first −1', `${'x'.repeat(21)}… −1`])
  expect(new Set(series.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(3)
})

test('a line that ends at the reference has its words beside those of the reference, on its own side', () => {
  const reference = { value: -4.85, label: '−7 ln 2' }
  expect(moved(endingAt(-1, -5.27), reference)).toEqual([0, 13])
  expect(moved(endingAt(-1, -4.6), reference)).toEqual([0, -13])
  expect(moved(endingAt(-1, -9), reference)).toEqual([0, 0])
})
