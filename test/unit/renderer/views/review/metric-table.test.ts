import { expect, test } from 'vitest'
import { classifierWarning, judgement } from '@renderer/views/review/judgement'
import { methodColumns, metricRows } from '@renderer/views/review/metric-table'
import MetricTable from '@renderer/views/review/MetricTable.vue'
import { anEvaluation } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

const metric = (value: number) => ({ value, count: 40, low: value - 0.05, high: value + 0.05 })

function evaluation(
  own: Record<string, number>,
  random: Record<string, number> = {},
  classifier: Record<string, number> = {},
) {
  const metrics = (of: Record<string, number>) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, metric(value)]))
  return anEvaluation({
    columns: [
      { method: 'randomTube', metrics: metrics(random) },
      { method: 'classifier', metrics: metrics(classifier) },
      { method: 'method', metrics: metrics(own) },
    ],
  })
}

test('the model comes first, and the classifier is no column', () => {
  expect(methodColumns(evaluation({}))).toMatchObject([{ method: 'method' }, { method: 'randomTube' }])
})

test('a row has the numbers of all columns, and the paper’s where it gives them', () => {
  const rows = metricRows(evaluation({ ncaTop3: 0.9, tubeIou: 0.4 }, { ncaTop3: 0.4 }))
  expect(rows.map(({ key, values, paper }) => [key, values.map((value) => value?.value ?? null), paper])).toEqual([
    ['ncaTop3', [0.9, 0.4], { olympic: 0.62, ucf101: 0.64 }],
    ['tubeIou', [0.4, null], null],
  ])
})

test('each number is a button that says what it is over, and opens its rows', async () => {
  const of = evaluation({ ncaTop1: 0.83 }, { ncaTop1: 0.41 })
  const wrapper = mountPart(MetricTable, { rows: metricRows(of), columns: methodColumns(of) })
  const [own, random] = wrapper.findAll('button')
  expect(own!.text()).toBe('.83')
  expect(own!.attributes('aria-label')).toContain('over 40 rows')
  await random!.trigger('click')
  expect(wrapper.emitted('open')).toEqual([['randomTube', 'ncaTop1']])
})

test('the judgement reads NCA beside the random tube', () => {
  expect(judgement(evaluation({ ncaTop1: 0.9 }, { ncaTop1: 0.3 }))).toContain('3.0 times as often as a random tube')
  expect(judgement(evaluation({ ncaTop1: 0.35 }, { ncaTop1: 0.3 }))).toContain('say little yet')
  expect(judgement(evaluation({}))).not.toBe('')
})

test('a classifier that is not good enough is warned of', () => {
  expect(classifierWarning(evaluation({}, {}, { testAccuracy: 0.94, testConfidence: 0.99 }))).toContain('below .97')
  expect(classifierWarning(evaluation({}, {}, { testAccuracy: 0.99, testConfidence: 0.9 }))).toContain('below .95')
  expect(classifierWarning(evaluation({}, {}, { testAccuracy: 0.99, testConfidence: 0.98 }))).toBeNull()
  expect(classifierWarning(evaluation({}))).toBeNull()
})
