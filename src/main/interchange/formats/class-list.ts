import { z } from 'zod'
import { defineFormat } from '@main/interchange/format'
import { classList, isClassListName } from '@main/interchange/kit/class-list'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { wholeText } from '@main/interchange/source/source'

/** Names of classes, numbered or not: UCF101's classInd.txt, label maps. */
export const classNames = defineFormat({
  name: 'classes',
  title: 'List of classes (classInd, label map)',
  extensions: ['.txt'],
  options: z.object({ encoding: encodingOption }),
  losses: ['everything but the names of classes'],
  detect({ name, isFolder, text }) {
    if (isFolder || text.trim() === '') return null
    if (isClassListName(name)) return { confidence: 0.7, why: 'its name says that it lists classes' }
    const lines = text
      .split(/\r\n|\n|\r/)
      .slice(0, 20)
      .filter((line) => line.trim() !== '')
    const counts = lines.every((line, i) => new RegExp(`^\\s*${i + 1}[\\s:,]+[^\\s/\\\\.]+$`).test(line))
    return counts ? { confidence: 0.6, why: 'its lines are numbered words' } : null
  },
  async *read(source, { encoding }, reading) {
    for (const { name } of classList(await wholeText(source, encoding))) {
      reading.read(1)
      yield { kind: 'class', name }
    }
  },
  *write({ classes }) {
    yield { path: '', chunks: classes.map((name, i) => `${i + 1} ${name}\n`) }
  },
})
