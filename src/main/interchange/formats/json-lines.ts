import { z } from 'zod'
import { NeutralAttribute, NeutralPrior, NeutralVideo } from '@main/interchange/dataset'
import { type Contents, type Part, type Reading, defineFormat } from '@main/interchange/format'
import { linesOf } from '@main/interchange/source/source'

const Head = z.object({
  kind: z.literal('dataset').describe('The first line of a file'),
  version: z.literal(1),
  frames: z.literal('ordinals from 0 of decoded pictures').optional(),
  boxes: z.literal('pixels of the upright picture, x2 and y2 outside').optional(),
})

/** A line of the file. */
export const JsonLine = z.discriminatedUnion('kind', [
  Head,
  z.object({ kind: z.literal('class'), name: z.string().min(1) }),
  NeutralAttribute.extend({ kind: z.literal('attribute') }),
  NeutralPrior.extend({ kind: z.literal('prior') }),
  NeutralVideo.extend({ kind: z.literal('video') }),
])
export type JsonLine = z.infer<typeof JsonLine>

/** Everything of the neutral data set, a JSON object a line; the one format that loses nothing of it. */
export const jsonLines = defineFormat({
  name: 'jsonl',
  title: 'WhyNot JSON Lines',
  extensions: ['.jsonl', '.ndjson'],
  options: z.object({}),
  people: true,
  spans: true,
  losses: [
    'the films themselves',
    'keys and pictures of attributes',
    'guidelines and campaigns',
    'models, explanations and evaluations',
    'undo',
  ],
  detect({ isFolder, text }) {
    const [first = ''] = isFolder ? [] : text.split('\n')
    const isOurs = /^\{"kind":\s*"(dataset|class|attribute|prior|video)"/.test(first)
    return isOurs ? { confidence: 0.99, why: 'its first line is a data set of this studio' } : null
  },
  async *read(source, _options, reading) {
    for await (const { line, text } of linesOf(source)) {
      if (text.trim() === '') continue
      reading.read(1)
      const part = partOf(text, line, reading)
      if (part) yield part
    }
  },
  *write(contents) {
    yield { path: '', chunks: lines(contents) }
  },
})

function partOf(text: string, line: number, reading: Reading): Part | null {
  const parsed = JsonLine.safeParse(jsonOf(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the line'
    reading.note({ kind: 'skipped', line, reason: `${where}: ${issue?.message ?? 'it is no part of a data set'}` })
    return null
  }
  const { data } = parsed
  if (data.kind === 'class') return data
  if (data.kind === 'attribute') return { kind: 'attribute', attribute: data }
  if (data.kind === 'prior') return { kind: 'prior', prior: data, line }
  return data.kind === 'video' ? { kind: 'video', video: data, line } : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function* lines({ classes, attributes, priors, videos }: Contents): Generator<string> {
  const frames = 'ordinals from 0 of decoded pictures' as const
  yield line({ kind: 'dataset', version: 1, frames, boxes: 'pixels of the upright picture, x2 and y2 outside' })
  for (const name of classes) yield line({ kind: 'class', name })
  for (const attribute of attributes) yield line({ kind: 'attribute', ...attribute })
  for (const prior of priors) yield line({ kind: 'prior', ...prior })
  for (const video of videos()) yield line({ kind: 'video', ...video })
}

function line(value: JsonLine): string {
  return `${JSON.stringify(value)}\n`
}
