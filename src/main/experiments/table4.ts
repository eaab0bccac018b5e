import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import { methodName, methodsIn, metricOf, placesOf } from './measured-rows'
import { paperRows } from './paper-rows'
import { type Cell, type Table, type TableRow, printed } from './result'

/** A classifier with so many fully connected layers, and the outputs of the explanation model trained on it. */
export interface FcMeasured {
  fcLayers: number
  accuracy: number | null
  confidence: number | null
  rows: readonly OutcomeNumbers[]
}

/** Table 4: NCA top-3 over the n likeliest negatives, by the number of fully connected layers. */
export function table4(
  measured: readonly FcMeasured[],
  { n, chances, seed }: { n: number; chances: number; seed: number },
): Table {
  const near = measured.map((one) => {
    const places = placesOf(one.rows)
    return { ...one, rows: one.rows.filter((row) => (places.get(row) ?? Infinity) <= n) }
  })
  const row = (method: string, cell: (one: FcMeasured) => Cell): TableRow => ({
    source: 'project',
    cells: { method, ...Object.fromEntries(near.map((one) => [`fc${one.fcLayers}`, cell(one)])) },
  })
  const methods = methodsIn(near.flatMap(({ rows }) => rows))
  return {
    columns: [
      { key: 'method', title: 'Region' },
      ...measured.map(({ fcLayers }) => ({ key: `fc${fcLayers}`, title: `fc${fcLayers}` })),
    ],
    rows: [
      ...methods.map((method) =>
        row(methodName(method), ({ rows }) =>
          metricOf(
            rows.filter((one) => one.method === method),
            'ncaTop3',
            seed,
          ),
        ),
      ),
      row(`Chance, ${Math.min(3, chances)} of ${chances}`, () => printed(Math.min(1, 3 / chances))),
      row('Test accuracy of the classifier', ({ accuracy }) => (accuracy === null ? null : printed(accuracy))),
      row('Its mean confidence', ({ confidence }) => (confidence === null ? null : printed(confidence))),
      ...paperRows(({ fcLayers }, which) =>
        Object.fromEntries(measured.map((one) => [`fc${one.fcLayers}`, printedOf(fcLayers[which], one.fcLayers)])),
      ),
    ],
  }
}

function printedOf(numbers: readonly number[], fcLayers: number): Cell {
  const number = numbers[fcLayers - 1]
  return number === undefined ? null : printed(number)
}
