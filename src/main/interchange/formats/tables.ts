import { choice } from '@shared/config/choice'
import { z } from 'zod'
import { defineFormat } from '@main/interchange/format'
import { tablesOf } from '@main/interchange/tables/tables-of'

/** Tables for data frames: answers, tracks, boxes frame by frame, what evaluations measured, and where explanations lie. */
export const tables = defineFormat({
  name: 'tables',
  title: 'Tables for data frames (Parquet, CSV)',
  extensions: ['.zip'],
  options: z.object({
    file: choice({ parquet: 'Parquet', csv: 'CSV' })
      .default('parquet')
      .meta({ title: 'Kind of file', description: 'Kind of file', on: 'write' }),
  }),
  people: true,
  losses: [
    'the films themselves',
    'groups, sides and descriptions of attributes',
    'words that no video has',
    'it is only written: nothing reads it back',
  ],
  detect: () => null,
  *write(contents, { file }) {
    for (const { name, chunks } of tablesOf(contents)) yield { path: `${name}.${file}`, chunks: chunks(file) }
  },
})
