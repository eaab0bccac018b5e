/** Columns of a measurement, fresh or stored. */
interface Measured {
  columns: readonly { method: string; metrics: Readonly<Record<string, { value: number | null }>> }[]
}

/** What a study found, by name; NaN where it could not be measured. */
export type Numbers = Record<string, number>

const metrics = [
  ...['rightAttribute', 'conceptTop1', 'conceptTop3', 'ncaTop1', 'ncaTop3', 'probabilityDecrease', 'relativeDrop'],
  'tubeIou',
]

/** The main metrics of one method, each with `prefix` before its name. */
export function numbersOf({ columns }: Measured, method: string, prefix = ''): Numbers {
  const found = columns.find((column) => column.method === method)
  return Object.fromEntries(
    metrics.flatMap((key) => {
      const value = found?.metrics[key]?.value
      const name = prefix ? prefix + key.charAt(0).toUpperCase() + key.slice(1) : key
      return value === undefined || value === null ? [] : [[name, value]]
    }),
  )
}
