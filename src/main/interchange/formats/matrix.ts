import { z } from 'zod'
import { choice } from '@shared/config/choice'
import { csvLine } from '@shared/csv'
import type { LabelValue } from '@shared/contract/library'
import { type Contents, type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { delimiterOf, headerOf, recordsOf } from '@main/interchange/kit/csv-rows'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { type Table, jsonTable, npzTable, olympicTable } from '@main/interchange/kit/attribute-tables'
import { labelValue } from '@main/interchange/kit/label-values'
import { type Source, sampleOf, wholeText } from '@main/interchange/source/source'

const options = z.object({
  encoding: encodingOption,
  zeros: choice({ absent: 'the attribute is absent', nothing: 'nothing is known' }).default('absent').meta({
    title: 'A 0 says',
    description: 'What a 0 says: the attribute is absent, or nothing is known',
    on: 'read',
  }),
})

const firstCells = new Set(['class', 'classes', 'video', 'name', ''])
const npzFiles = (files: readonly string[]) => files.filter((file) => file.endsWith('.npy'))

/** Which attributes classes (or videos) have, as a table with a row for each: CSV, JSON, npz, and Liu et al.'s text. */
export const matrix = defineFormat({
  name: 'matrix',
  title: 'Class by attribute table (CSV, JSON, npz)',
  extensions: ['.csv', '.json', '.npz', '.txt'],
  options,
  losses: ['boxes and tracks', 'answers that differ from video to video of a class', 'persons and times'],
  detect({ name, isFolder, text, files }) {
    if (isFolder) {
      const all = /\.npz$/i.test(name) && npzFiles(files).length >= 3
      return all ? { confidence: 0.7, why: 'it is an npz file of three arrays: a table and its names' } : null
    }
    if (/^\s*\{/.test(text) && /"(classes|attributes|matrix)"\s*:/.test(text) && !/"(images|tracks|videos)"/.test(text))
      return { confidence: 0.6, why: 'it is JSON that names classes and attributes' }
    if (isOlympic(text)) return { confidence: 0.9, why: 'names of attributes, each with 16 zeros and ones' }
    const header = headerOf(text)
    const [, second = ''] = text.split(/\r\n|\n|\r/)
    const cells = second.split(delimiterOf(text)).slice(1)
    if (header.length < 2 || !firstCells.has(header[0] ?? '') || header.includes('attribute')) return null
    const isTable = cells.length > 0 && cells.every((cell) => cell.trim() === '' || labelValue(cell) !== null)
    return isTable
      ? { confidence: 0.85, why: 'a row for each class, with zeros and ones under names of attributes' }
      : null
  },
  async *read(source, { encoding, zeros }, reading) {
    const { rows, columns, of } = await tableOf(source, encoding, reading)
    for (const name of columns)
      yield { kind: 'attribute', attribute: { name, group: '', side: 'none', description: '' } }
    for (const { name, line, values } of rows) {
      reading.read(1)
      if (values.length !== columns.length)
        reading.note({
          kind: 'skipped',
          line,
          reason: `${name}: ${values.length} values for ${columns.length} attributes`,
        })
      else yield* partsOf({ name, line, values }, { columns, of, zeros })
    }
  },
  *write(contents) {
    yield { path: '', chunks: lines(contents) }
  },
})

async function tableOf(source: Source, encoding: string, reading: Reading): Promise<Table> {
  if (source.isFolder) return npzTable(source)
  const { text } = await sampleOf(source)
  if (/^\s*[{[]/.test(text)) return jsonTable(source.name, await wholeText(source, encoding))
  if (isOlympic(text)) return olympicTable(await wholeText(source, encoding))
  return csvTable(source, encoding, reading)
}

async function csvTable(source: Source, encoding: string, reading: Reading): Promise<Table> {
  const { text } = await sampleOf(source)
  const onBroken = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
  const table: Table = { of: headerOf(text)[0] === 'video' ? 'video' : 'class', columns: [], rows: [] }
  let isHeader = true
  for await (const { record, line } of recordsOf(source, encoding, { delimiter: delimiterOf(text), onBroken })) {
    const [first = '', ...cells] = record.map((cell) => cell.trim())
    if (isHeader) table.columns = cells
    else if (first || cells.some(Boolean)) table.rows.push({ name: first, line, values: cells.map(labelValue) })
    isHeader = false
  }
  return table
}

function* partsOf(
  { name, line, values }: Table['rows'][number],
  { columns, of, zeros }: { columns: readonly string[]; of: Table['of']; zeros: 'absent' | 'nothing' },
): Generator<Part> {
  const said = columns.flatMap((attribute, i) => {
    const value = values[i]
    return value && !(value === 'absent' && zeros === 'nothing') ? [{ attribute, value }] : []
  })
  if (of === 'class') for (const answer of said) yield { kind: 'prior', line, prior: { class: name, ...answer } }
  else {
    const answers = said.map((answer) => {
      return { ...answer, source: 'person' as const, person: null, at: null, span: null, confidence: null }
    })
    yield { kind: 'video', line, video: bareVideo(name, { answers }) }
  }
}

function isOlympic(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/).slice(0, 34)
  return (
    lines.length === 34 && lines.every((line, i) => (i % 17 === 0 ? /[a-z]/i.test(line) : /^\s*[01]\s*$/.test(line)))
  )
}

/** A class has an attribute where more of its videos show it than lack it. */
function* lines({ classes, attributes, videos }: Contents): Generator<string> {
  const counts = new Map(classes.map((name) => [name, new Map<string, number>()]))
  for (const { class: of, answers } of videos()) {
    const row = of === null ? undefined : counts.get(of)
    for (const { attribute, value } of answers) row?.set(attribute, (row.get(attribute) ?? 0) + signOf(value))
  }
  const names = attributes.map(({ name }) => name)
  yield `${csvLine(['class', ...names])}\r\n`
  for (const [name, row] of counts) yield `${csvLine([name, ...names.map((word) => cellOf(row.get(word)))])}\r\n`
}

function signOf(value: LabelValue): number {
  return value === 'present' ? 1 : value === 'absent' ? -1 : 0
}

function cellOf(count: number | undefined): string {
  return count === undefined || count === 0 ? '' : count > 0 ? '1' : '0'
}
