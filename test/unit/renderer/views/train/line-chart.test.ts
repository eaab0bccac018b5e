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

test('a line that ends at the reference has its words beside those of the reference, on its own side', () => {
  const reference = { value: -4.85, label: '−7 ln 2' }
  expect(moved(endingAt(-1, -5.27), reference)).toEqual([0, 13])
  expect(moved(endingAt(-1, -4.6), reference)).toEqual([0, -13])
  expect(moved(endingAt(-1, -9), reference)).toEqual([0, 0])
})
