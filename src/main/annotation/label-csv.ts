import type { LabelValue, NamedLabel } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { parse } from 'csv-parse/sync'

const values: Readonly<Record<string, LabelValue>> = {
  present: 'present',
  yes: 'present',
  true: 'present',
  '1': 'present',
  absent: 'absent',
  no: 'absent',
  false: 'absent',
  '0': 'absent',
  unsure: 'unsure',
  '?': 'unsure',
}

/**
 * Reads labels from CSV with a header: the columns `video` or `class` (or both, one filled a row), `attribute`, `value`
 * (present, absent, unsure, 1, 0; present when the column is missing). UTF-8 with or without a byte-order mark, any line
 * ends, commas, semicolons or tabs. Throws Failure BAD_SETTING naming the line.
 */
export function parseLabels(text: string): NamedLabel[] {
  const rows = table(text)
  const [header = [], ...lines] = rows
  const column = new Map(header.map((name, i) => [name.trim().toLowerCase(), i]))
  if (!column.has('attribute') || !(column.has('video') || column.has('class')))
    throw bad(1, 'the first line must name the columns: video or class, attribute, value')
  return lines.map((line, i) => {
    const cell = (name: string) => (line[column.get(name) ?? -1] ?? '').trim()
    const attribute = cell('attribute')
    if (!attribute) throw bad(i + 2, 'the attribute is missing')
    const value = column.has('value') ? values[cell('value').toLowerCase()] : 'present'
    if (!value) throw bad(i + 2, `"${cell('value')}" is not one of present, absent, unsure, 1, 0`)
    if (cell('video')) return { of: 'video', name: cell('video'), attribute, value }
    if (cell('class')) return { of: 'class', name: cell('class'), attribute, value }
    throw bad(i + 2, 'neither a video nor a class is named')
  })
}

function table(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
    })
  } catch (error) {
    throw new Failure('BAD_SETTING', { setting: 'labels', reason: String(error) }, { cause: error })
  }
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  return [',', ';', '\t'].reduce((best, sign) => (header.split(sign).length > header.split(best).length ? sign : best))
}

function bad(line: number, reason: string): Failure {
  return new Failure('BAD_SETTING', { setting: 'labels', reason: `line ${line}: ${reason}` })
}
