import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import type { Table } from './column'

/** Rows that are in memory at a time, and stand in one row group. */
const atATime = 50_000

/** A table as an Apache Parquet file (compressed with Snappy), a row group at a time; equal tables give equal bytes. */
export function* parquetChunks<Row>(table: Table<Row>): Generator<Uint8Array> {
  const bytes = new Emptied()
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(table), createdBy: 'WhyNot Studio' })
  for (const rows of groupsOf(table.rows)) {
    const columnData = table.columns.map(({ name, of }) => ({ name, data: rows.map(of) }))
    void writer.write({ columnData, rowGroupSize: atATime })
    yield bytes.take()
  }
  void writer.finish()
  yield bytes.take()
}

/** Hands out what was written since the last time, so that a file need not be in memory whole. */
class Emptied extends ByteWriter {
  take(): Uint8Array {
    const taken = this.getBytes().slice()
    this.index = 0
    return taken
  }
}

function schemaOf<Row>({ columns }: Table<Row>): SchemaElement[] {
  const root: SchemaElement = { name: 'root', num_children: columns.length }
  return [
    root,
    ...columns.map(({ name, type }): SchemaElement => {
      if (type === 'STRING') return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
      return { name, type, repetition_type: 'OPTIONAL' }
    }),
  ]
}

/** At least one group, so that an empty table has its columns. */
function* groupsOf<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let group: Row[] = []
  let isFirst = true
  for (const row of rows) {
    group.push(row)
    if (group.length < atATime) continue
    yield group
    ;[group, isFirst] = [[], false]
  }
  if (group.length > 0 || isFirst) yield group
}
