import { expect, test } from 'vitest'
import { EvaluationConfig } from '@shared/config/evaluation'
import { EvaluationId } from '@shared/ids'
import CompareTab from '@renderer/views/review/CompareTab.vue'
import { metricDifferences, questionDifferences } from '@renderer/views/review/metric-table'
import { anEvaluation, anOutcome } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

const metric = (value: number) => ({ value, count: 40, low: value - 0.05, high: value + 0.05 })
const measured = (name: string, metrics: Record<string, number>) =>
  anEvaluation({
    id: EvaluationId.parse(name),
    name,
    columns: [
      {
        method: 'method',
        metrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, metric(value)])),
      },
    ],
  })
const before = measured('before', { ncaTop1: 0.5, tubeIou: 0.4 })
const now = measured('now', { ncaTop1: 0.8, tubeIou: 0.42, conceptTop1: 0.9 })

function tab(of: object = {}) {
  const outcomes = [anOutcome(1, { iou: 0.6, hitRank: 1 }), anOutcome(2, { iou: 0.1, hitRank: 1 })]
  const earlier = [anOutcome(1, { iou: 0.1, hitRank: 1 }), anOutcome(2, { iou: 0.5, hitRank: 1 })]
  const props = { evaluation: now, other: before, others: [before], outcomes, earlier, threshold: 0.3 }
  return mountPart(CompareTab, { ...props, ...of })
}

test('a metric that both have stands with its difference, and whether that may be chance', () => {
  expect(metricDifferences(before, now)).toMatchObject([
    { key: 'ncaTop1', before: 0.5, after: 0.8, within: false },
    { key: 'tubeIou', before: 0.4, after: 0.42, within: true },
  ])
})

test('what was fixed and what was broken are counts that open their clips', async () => {
  const wrapper = tab()
  const [fixed, broken, bothWrong] = wrapper.findAll('.tiles button')
  expect([fixed?.text(), broken?.text()]).toEqual([
    expect.stringMatching(/Fixed\s*1/),
    expect.stringMatching(/Broken\s*1/),
  ])
  expect(bothWrong?.attributes('disabled')).toBeDefined()
  await fixed?.trigger('click')
  expect(wrapper.emitted('show')?.[0]).toMatchObject(['Fixed since before', [{ id: 'o1' }]])
})

test('other settings are told, since numbers of other questions are not the same numbers; more columns are none', () => {
  const asked = { ...before, config: EvaluationConfig.parse({ pairs: 'remove1', baselines: [], sanity: true }) }
  expect(questionDifferences(asked, now)).toEqual([
    { key: 'pairs', title: 'Class pairs', before: 'remove one', after: 'likeliest negatives' },
  ])
  expect(tab({ other: asked }).text()).toContain('Class pairs: remove one before, likeliest negatives now')
  expect(tab().text()).not.toContain('other settings')
})

test('without another evaluation it says how to get one', () => {
  expect(tab({ others: [], other: null }).text()).toContain('evaluate again')
})
