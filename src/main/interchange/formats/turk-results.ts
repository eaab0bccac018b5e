import { z } from 'zod'
import { defineFormat } from '@main/interchange/format'
import { headerOf } from '@main/interchange/kit/csv-rows'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { crowdParts } from '@main/interchange/turk/crowd-parts'
import { crowdOptions } from '@main/interchange/turk/crowd-options'
import { turkTable } from '@main/interchange/turk/turk-table'

/** Batch results of Amazon Mechanical Turk: each assignment becomes what its worker said of the video. */
export const turkResults = defineFormat({
  name: 'mturk',
  title: 'Mechanical Turk results (CSV)',
  extensions: ['.csv'],
  options: z.object({ encoding: encodingOption, ...crowdOptions }),
  losses: [],
  detect({ isFolder, text }) {
    const header = new Set(isFolder ? [] : headerOf(text))
    const isCrowd = header.has('workerid') || header.has('turkle.username')
    const found = isCrowd && (header.has('assignmentid') || header.has('hitid'))
    return found ? { confidence: 0.98, why: 'its first line names assignments and workers' } : null
  },
  async *read(source, { encoding, ...options }, reading) {
    const { rows } = await turkTable(source, encoding, (note) => reading.note(note))
    const answers = async function* () {
      for await (const { answer } of rows) {
        reading.read(1)
        if (answer) yield answer
      }
    }
    yield* crowdParts(answers(), options, reading)
  },
})
