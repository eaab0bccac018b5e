import { basename } from 'node:path'
import { z } from 'zod'
import type { Split } from '@shared/contract/library'
import { bareVideo, defineFormat } from '@main/interchange/format'
import { linesOf } from '@main/interchange/source/source'

const fileName = /^(.+)_test_split(\d+)\.txt$/

/** HMDB51's splits: a file for each class and split, a line for each clip: 1 trains, 2 tests, 0 does neither. */
export const hmdb51 = defineFormat({
  name: 'hmdb51',
  title: 'HMDB51 splits',
  extensions: ['.zip', '.txt'],
  options: z.object({
    fold: z
      .int()
      .min(1)
      .max(3)
      .default(1)
      .meta({ title: 'Split', description: 'Which of the three splits', on: 'read' }),
  }),
  losses: [],
  detect({ name, isFolder, files }) {
    const found = (isFolder ? files : [name]).find((file) => fileName.test(basename(file)))
    return found ? { confidence: 0.9, why: `${found} is named as the splits of HMDB51 are` } : null
  },
  async *read(source, { fold }, reading) {
    const lists = source.isFolder ? source.files().map((path) => source.open(path)) : [source]
    for (const list of lists) {
      const [, ofClass, number] = fileName.exec(list.name) ?? []
      if (!ofClass || (source.isFolder && Number(number) !== fold)) continue
      for await (const { line, text } of linesOf(list)) {
        if (text.trim() === '') continue
        reading.read(1)
        const [, name, mark] = /^(.*\S)\s+([012])\s*$/.exec(text) ?? []
        if (name) yield { kind: 'video', line, video: bareVideo(name, { class: ofClass, split: splitOf(mark) }) }
        else reading.note({ kind: 'skipped', line, reason: `${list.name}: a line is not a name and 0, 1 or 2` })
      }
    }
  },
})

function splitOf(mark: string | undefined): Split | null {
  return mark === '1' ? 'train' : mark === '2' ? 'test' : null
}
