import { z } from 'zod'
import { csvLine } from '@shared/csv'
import { type LabelValue, LabelSource, Split } from '@shared/contract/library'
import type { NeutralAnswer } from '@main/interchange/dataset'
import { type Contents, type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { type CsvRow, columnsMissing, csvTable, headerOf } from '@main/interchange/kit/csv-rows'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { labelValue } from '@main/interchange/kit/label-values'

/**
 * Answers as a table: the columns `video` or `class` (or both, one filled a row), `attribute`, `value` (present, absent,
 * unsure, 1, 0; present when the column is missing), and if you like `person`, `source` and `time`. A row with a class and
 * no video speaks of every video of the class; one with both says the video's class too.
 */
export const labelCsv = defineFormat({
  name: 'labels',
  title: 'Answers (CSV)',
  extensions: ['.csv', '.tsv'],
  options: z.object({ encoding: encodingOption }),
  people: true,
  losses: ['boxes and tracks', 'groups, sides and descriptions of attributes', 'videos without an answer'],
  detect({ isFolder, text }) {
    const header = new Set(isFolder ? [] : headerOf(text))
    if (!header.has('attribute') || !(header.has('video') || header.has('class'))) return null
    return { confidence: 0.95, why: 'its first line names the columns attribute and video or class' }
  },
  async *read(source, { encoding }, reading) {
    const broken = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
    const { columns, rows } = await csvTable(source, encoding, broken)
    const has = new Set(columns.map((name) => name.toLowerCase()))
    if (!has.has('attribute') || !(has.has('video') || has.has('class')))
      throw columnsMissing(columns, 'attribute, value, and video or class')
    for await (const row of rows) {
      reading.read(1)
      const part = partOf(row, has.has('value'), reading)
      if (part) yield part
    }
  },
  *write(contents) {
    yield { path: '', chunks: lines(contents) }
  },
})

function partOf(row: CsvRow, hasValue: boolean, reading: Reading): Part | null {
  const { line } = row
  const skip = (reason: string) => {
    reading.note({ kind: 'skipped', line, reason })
    return null
  }
  const [video, ofClass, attribute] = [row.cell('video'), row.cell('class'), row.cell('attribute')]
  if (!attribute) return skip('the attribute is missing')
  const value = hasValue ? labelValue(row.cell('value')) : ('present' as const)
  if (!value) return skip(`"${row.cell('value')}" is not one of present, absent, unsure, 1, 0`)
  if (!video && !ofClass) return skip('neither a video nor a class is named')
  if (!video) return { kind: 'prior', line, prior: { class: ofClass, attribute, value } }
  const split = Split.safeParse(row.cell('split').toLowerCase())
  const about = { class: ofClass || null, split: split.success ? split.data : null, group: row.cell('group') || null }
  return { kind: 'video', line, video: bareVideo(video, { ...about, answers: [answerOf(row, attribute, value)] }) }
}

function answerOf(row: CsvRow, attribute: string, value: LabelValue): NeutralAnswer {
  const source = LabelSource.safeParse(row.cell('source').toLowerCase())
  const at = Date.parse(row.cell('time'))
  return {
    attribute,
    value,
    source: source.success ? source.data : 'person',
    person: row.cell('person') || row.cell('annotator') || null,
    at: Number.isNaN(at) ? null : at,
    span: null,
    confidence: null,
  }
}

function* lines({ videos }: Contents): Generator<string> {
  yield `${csvLine(['video', 'class', 'split', 'attribute', 'value', 'source', 'person', 'time'])}\r\n`
  for (const video of videos())
    for (const { attribute, value, source, person, at } of video.answers) {
      const time = at === null ? '' : new Date(at).toISOString()
      const cells = [video.name, video.class ?? '', video.split ?? '', attribute, value, source, person ?? '', time]
      yield `${csvLine(cells)}\r\n`
    }
}
