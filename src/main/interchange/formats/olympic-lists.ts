import { z } from 'zod'
import { bareVideo, defineFormat } from '@main/interchange/format'
import { olympicClass } from '@main/interchange/kit/attribute-tables'
import { linesOf } from '@main/interchange/source/source'

const list = /(?:^|\/)(train|test)\/([^/]+)\.txt$/i

/** Olympic Sports' splits: `train/<class>.txt` and `test/<class>.txt`, an id a line, with their misspelt names. */
export const olympicLists = defineFormat({
  name: 'olympic',
  title: 'Olympic Sports splits',
  extensions: ['.zip'],
  options: z.object({}),
  losses: [],
  detect({ files }) {
    const found = files.filter((file) => olympicClass(list.exec(file)?.[2] ?? '') !== null)
    return found.length > 1 ? { confidence: 0.9, why: `it holds lists such as ${found[0] ?? ''}` } : null
  },
  async *read(source, _options, reading) {
    for (const path of source.files()) {
      const [, side, name] = list.exec(path) ?? []
      if (!side || !name) continue
      const about = {
        class: olympicClass(name) ?? name,
        split: side.toLowerCase() === 'train' ? 'train' : 'test',
      } as const
      for await (const { line, text } of linesOf(source.open(path))) {
        if (text.trim() === '') continue
        reading.read(1)
        yield { kind: 'video', line, video: bareVideo(text.trim(), about) }
      }
    }
  },
})
