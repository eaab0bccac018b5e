import { z } from 'zod'
import { type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { type CsvRow, csvTable, headerOf } from '@main/interchange/kit/csv-rows'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { splitOf } from './video-lists'

/** Kinetics' own tables: label, youtube_id, time_start, time_end, split. Clips are called `id_000001_000011` or `id`. */
export const kineticsCsv = defineFormat({
  name: 'kinetics',
  title: 'Kinetics (CSV)',
  extensions: ['.csv'],
  options: z.object({ encoding: encodingOption }),
  losses: [],
  detect({ isFolder, text }) {
    const header = isFolder ? [] : headerOf(text)
    const isOne = header.includes('youtube_id') && header.includes('time_start')
    return isOne ? { confidence: 0.95, why: 'its first line names youtube_id and time_start' } : null
  },
  async *read(source, { encoding }, reading) {
    const { rows } = await csvTable(source, encoding, (line, reason) => reading.note({ kind: 'skipped', line, reason }))
    for await (const row of rows) {
      reading.read(1)
      if (!row.cell('youtube_id'))
        reading.note({ kind: 'skipped', line: row.line, reason: 'the youtube_id is missing' })
      else {
        const about = { class: row.cell('label') || null, split: splitOf(row.cell('split')) }
        yield { kind: 'video', line: row.line, video: bareVideo(nameOf(row, reading), about) }
      }
    }
  },
})

function nameOf(row: CsvRow, reading: Reading): string {
  const id = row.cell('youtube_id')
  const times = [row.cell('time_start'), row.cell('time_end')].map((time) =>
    String(Math.round(Number(time))).padStart(6, '0'),
  )
  const full = [id, ...times].join('_')
  return reading.video(full) === null && reading.video(id) !== null ? id : full
}
