import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import { correctOnly, methodName, methodsIn, metricOf } from './measured-rows'
import { paperRows } from './paper-rows'
import { type Table, printed } from './result'

/** Table 2: how often, and how far, p(A) falls when the region is masked. */
export function table2(rows: readonly OutcomeNumbers[], seed: number): Table {
  const byMethod = Map.groupBy(rows, ({ method }) => method)
  return {
    columns: [
      { key: 'method', title: 'Region' },
      { key: 'decrease', title: 'p(A) falls, all clips' },
      { key: 'drop', title: 'mean relative drop, all clips' },
      { key: 'decreaseCorrect', title: 'p(A) falls, correctly classified' },
      { key: 'dropCorrect', title: 'mean relative drop, correctly classified' },
    ],
    rows: [
      ...methodsIn(rows).map((method) => {
        const own = byMethod.get(method) ?? []
        const right = correctOnly(own)
        return {
          source: 'project' as const,
          cells: {
            method: methodName(method),
            decrease: metricOf(own, 'probabilityDecrease', seed),
            drop: metricOf(own, 'relativeDrop', seed),
            decreaseCorrect: metricOf(right, 'probabilityDecrease', seed),
            dropCorrect: metricOf(right, 'relativeDrop', seed),
          },
        }
      }),
      ...paperRows(({ decrease }, row) => ({ decrease: printed(decrease[row]) })),
    ],
  }
}
