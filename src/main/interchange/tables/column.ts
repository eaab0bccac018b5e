/** A cell of a table; null where nothing is said. */
export type Cell = string | number | boolean | null

/** A column as data frames know them: whole numbers, numbers, words, or yes and no. */
export interface Column<Row> {
  name: string
  type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN'
  of: (row: Row) => Cell
}

/** A table whose rows are made one at a time. */
export interface Table<Row> {
  name: string
  columns: readonly Column<Row>[]
  rows: Iterable<Row>
}
