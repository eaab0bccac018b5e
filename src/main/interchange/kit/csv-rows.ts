import { Readable } from 'node:stream'
import { unguardCsv } from '@shared/csv'
import { Failure } from '@shared/failures'
import { parse } from 'csv-parse'
import { type Encoding, glance } from '@main/interchange/source/text'
import { type Source, sampleOf, textOf } from '@main/interchange/source/source'

/** A row of a table with a header. */
export interface CsvRow {
  /** In the file, from 1; of a cell with line ends, the line it begins in. */
  line: number
  /** A cell by the name of its column (any case), trimmed; '' where there is none. */
  cell(column: string): string
}

export interface CsvTable {
  /** Names of columns as written, trimmed. */
  columns: readonly string[]
  rows: AsyncIterable<CsvRow>
}

/** Lines that are no rows, such as a quote that is never closed. */
type OnBroken = (line: number, reason: string) => void

/** The first line of a table, cut into cells; for a look at what it is. */
export function headerOf(text: string): string[] {
  const [line = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  return line.split(delimiterOf(text)).map((cell) => key(cell.replace(/^\s*"(.*)"\s*$/, '$1')))
}

/**
 * Reads a table with a header, a piece at a time: commas, semicolons or tabs; quoted or not; any line ends; UTF-8 or
 * UTF-16, with or without a byte-order mark; empty rows are passed over.
 */
export async function csvTable(source: Source, encoding: Encoding, onBroken: OnBroken): Promise<CsvTable> {
  const { head } = await sampleOf(source)
  const records = recordsOf(source, encoding, { delimiter: delimiterOf(glance(head)), onBroken })
  const first = await records.next()
  const columns = first.done ? [] : first.value.record.map((name) => name.normalize('NFC').trim())
  const place = new Map(columns.map((name, i) => [key(name), i]))
  const rows = async function* (): AsyncGenerator<CsvRow> {
    for await (const { record, line } of records) {
      if (record.every((cell) => cell.trim() === '')) continue
      yield { line, cell: (column) => unguardCsv(record[place.get(key(column)) ?? -1] ?? '').trim() }
    }
  }
  return { columns, rows: rows() }
}

/** Failure for a table without the columns it needs, naming those it has. */
export function columnsMissing(columns: readonly string[], wanted: string): Failure {
  const seen = columns.filter(Boolean).slice(0, 20).join(', ') || 'none'
  return new Failure('BAD_SETTING', {
    setting: 'file',
    reason: `line 1: it must name the columns ${wanted}; it names: ${seen}`,
  })
}

/** A table cut into cells, without a header; `line` from 1. */
export async function* recordsOf(
  source: Source,
  encoding: Encoding,
  { delimiter, onBroken }: { delimiter: string; onBroken: OnBroken },
): AsyncGenerator<{ record: string[]; line: number }> {
  // The parser counts a line end of two signs within a quoted cell twice.
  let twice = 0
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 16 * 1024 ** 2,
    on_skip: (error) => {
      onBroken(Number(error?.lines ?? 0) - twice, error?.message ?? 'no row')
      return undefined
    },
  })
  const text = Readable.from(textOf(source, encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    let before = 0
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      twice += breaksIn(record, /\r\n/g)
      const ending = info.lines - twice
      // Lines are counted where a record ends; it is asked for where it begins.
      yield { record, line: Math.max(ending - breaksIn(record, /\r\n|\n|\r/g), before) }
      before = ending
    }
  } finally {
    text.destroy()
  }
}

function breaksIn(record: readonly string[], sign: RegExp): number {
  return record.reduce((sum, cell) => sum + (cell.match(sign)?.length ?? 0), 0)
}

/** The sign that cuts the first line into most cells. */
export function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  return [',', ';', '\t'].reduce((best, sign) => (header.split(sign).length > header.split(best).length ? sign : best))
}

function key(column: string): string {
  return column.normalize('NFC').trim().toLowerCase()
}
