import { describe, expect, test } from 'vitest'
import type { OutcomeRow } from '@main/evaluation/outcome-row'
import { summarise } from '@main/evaluation/summary'
import { EvaluationConfig } from '@shared/config/evaluation'

const config = EvaluationConfig.parse({ top: [1, 3] })
const unmaskedUnion = {
  unionNegRank: null,
  unionNegTies: null,
  curves: null,
  area: 1,
  supported: null,
  presence: null,
  agreement: null,
}

function aRow(more: Partial<OutcomeRow> = {}): OutcomeRow {
  return {
    ...{ video: 'a', method: 'method', label: 0, pos: 0, neg: 1, attribute: 0, rank: 0, score: 1, minScore: 0 },
    ...{ region: [], iou: 0.5, assigned: true, hasBoxes: true, hitRank: 1, covers: 0, right: true },
    ...{ posBefore: 0.8, negBefore: 0.1, posAfter: 0.2, negAfter: 0.7, negRank: 1, negTies: 0, ...unmaskedUnion },
    ...more,
  }
}

const metricsOf = (rows: OutcomeRow[]) => summarise(rows, config)[0]!.metrics

describe('the table', () => {
  test('concept accuracy counts only clips whose predicted class is the label', () => {
    const metrics = metricsOf([aRow(), aRow({ pos: 2, hitRank: null }), aRow({ video: 'b', hitRank: 2 })])
    expect(metrics.conceptTop1).toMatchObject({ value: 0.5, count: 2 })
    expect(metrics.conceptTop3).toMatchObject({ value: 1, count: 2 })
  })

  test('only the best output of a pair counts', () => {
    const metrics = metricsOf([aRow(), aRow({ rank: 1, right: false, iou: 0 })])
    expect(metrics.rightAttribute).toMatchObject({ value: 1, count: 1 })
    expect(metrics.tubeIou).toMatchObject({ value: 0.5, count: 1 })
  })

  test('probability decrease is a share, the relative drop a mean; rows that were not masked enter neither', () => {
    const metrics = metricsOf([aRow(), aRow({ posAfter: 0.9 }), aRow({ posAfter: null, negRank: null })])
    expect(metrics.probabilityDecrease).toMatchObject({ value: 0.5, count: 2 })
    expect(metrics.relativeDrop!.value).toBeCloseTo((0.75 - 0.125) / 2, 9)
    expect(metrics.ncaTop1!.count).toBe(2)
  })

  test('a right answer that is not known is no wrong answer', () => {
    expect(metricsOf([aRow({ right: null }), aRow()]).rightAttribute).toMatchObject({ value: 1, count: 1 })
  })

  test('each method has a column of its own', () => {
    const columns = summarise([aRow(), aRow({ method: 'randomTube', right: false })], config)
    expect(columns.map(({ method, metrics }) => [method, metrics.rightAttribute!.value])).toEqual([
      ['method', 1],
      ['randomTube', 0],
    ])
  })
})
