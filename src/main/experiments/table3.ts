import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import { correctOnly, methodName, methodsIn, metricOf, topK } from './measured-rows'
import { paperRows } from './paper-rows'
import { type Table, printed } from './result'

/** Whether any output could have been a hit: boxes of any attribute stand behind it. */
export function hasBoxes(rows: readonly OutcomeNumbers[]): boolean {
  return rows.some((row) => row.hasBoxes || row.covers !== null)
}

/** Table 3: concept accuracy where the predicted class is the label. Without boxes every number is missing. */
export function table3(rows: readonly OutcomeNumbers[], seed: number): Table {
  const byMethod = Map.groupBy(correctOnly(rows), ({ method }) => method)
  const known = hasBoxes(rows)
  const number = (own: readonly OutcomeNumbers[], key: string) => (known ? metricOf(own, key, seed) : null)
  return {
    columns: [
      { key: 'method', title: 'Output' },
      ...topK.map((k) => ({ key: `top${k}`, title: `top-${k}` })),
      { key: 'tubeIou', title: 'tube IoU' },
      { key: 'notAnnotated', title: 'attribute not annotated' },
    ],
    rows: [
      ...methodsIn(rows).map((method) => {
        const own = byMethod.get(method) ?? []
        return {
          source: 'project' as const,
          cells: {
            method: methodName(method),
            ...Object.fromEntries(topK.map((k) => [`top${k}`, number(own, `conceptTop${k}`)])),
            tubeIou: number(own, 'tubeIou'),
            notAnnotated: metricOf(own, 'notAnnotated', seed),
          },
        }
      }),
      ...paperRows(({ concept }, row) =>
        Object.fromEntries(topK.map((k, i) => [`top${k}`, printed(concept[row][i] ?? NaN)])),
      ),
    ],
  }
}
