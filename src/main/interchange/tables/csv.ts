import { csvLine } from '@shared/csv'
import type { Table } from './column'

/** A table as CSV that data frames read without being told anything: a header, empty cells for nothing, True and False. */
export function* csvChunks<Row>({ columns, rows }: Table<Row>): Generator<string> {
  yield `${csvLine(columns.map(({ name }) => name))}\n`
  for (const row of rows) {
    const cells = columns.map(({ of }) => of(row))
    yield `${csvLine(cells.map((cell) => (typeof cell === 'boolean' ? (cell ? 'True' : 'False') : cell)))}\n`
  }
}
