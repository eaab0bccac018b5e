import { expect, test } from 'vitest'
import { ClassifierConfig } from '@shared/config/classifier'
import { RunId } from '@shared/ids'
import { settingDifferences } from '@renderer/components/setting-differences'
import { lineChart } from '@renderer/views/train/line-chart'
import RunDifferences from '@renderer/views/train/RunDifferences.vue'
import { aRun } from '../../../../support/fake-api'
import { mountPart } from '../../in-studio'

const before = { ...aRun(0), id: RunId.parse('r0'), name: 'before', config: ClassifierConfig.parse({ flip: true }) }
const now = {
  ...before,
  ...{ id: RunId.parse('r1'), name: 'now', headline: { testAccuracy: 0.9 } },
  config: ClassifierConfig.parse({ flip: false, widths: [8, 16, 32, 32] }),
}

test('settings that differ are told in the words of the form, in its order', () => {
  expect(settingDifferences(ClassifierConfig, before.config, now.config)).toEqual([
    { key: 'widths', title: 'Widths', before: '64, 128, 256, 512', after: '8, 16, 32, 32' },
    { key: 'flip', title: 'Flips', before: 'yes', after: 'no' },
  ])
})

test('a run beside another one shows what is different, and the numbers of both', () => {
  const text = mountPart(RunDifferences, { run: now, beside: [before] }).text()
  expect(text).toContain('Widths')
  expect(text).toContain('Test accuracy')
  expect(mountPart(RunDifferences, { run: now, beside: [now] }).text()).toContain('Both runs have the same settings')
})

test('several runs stand in one table: a setting that differs in one of them has a value in each', () => {
  const other = { ...now, id: RunId.parse('r2'), name: 'other', headline: {} }
  const part = mountPart(RunDifferences, { run: now, beside: [before, other] })
  const rows = part.findAll('tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
  expect(rows[0]).toEqual(['Different', 'before', 'other', 'now'])
  expect(rows.find(([title]) => title === 'Flips')).toEqual(['Flips', 'yes', 'no', 'no'])
  expect(rows.find(([title]) => title === 'Test accuracy')?.slice(2)).toEqual(['–', '0.90'])
})

test('curves of another run lie under these, dotted and without a label at their end', () => {
  const points: [number, number][] = [
    [0, 1],
    [1, 2],
  ]
  const { series } = lineChart(
    [
      { name: 'test', points },
      { name: 'test, before', points, look: 'beside' },
    ],
    { mode: 'dark' },
  ) as { series: { lineStyle: { type: string }; endLabel: { show: boolean } }[] }
  expect(series.map(({ lineStyle, endLabel }) => [lineStyle.type, endLabel.show])).toEqual([
    ['solid', true],
    ['dotted', false],
  ])
})
