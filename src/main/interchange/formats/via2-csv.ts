import { choice } from '@shared/config/choice'
import { z } from 'zod'
import type { NeutralTrack } from '@main/interchange/dataset'
import { type Part, bareVideo, defineFormat } from '@main/interchange/format'
import { type CsvRow, csvTable, headerOf } from '@main/interchange/kit/csv-rows'
import { type DenseBox, keyframesOf, linked } from '@main/interchange/kit/dense-track'
import { pushTo } from '@main/interchange/kit/push-to'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { trackNamed } from '@main/interchange/kit/said'

const Shape = z.object({ name: z.string(), x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/**
 * VIA 2's CSV of picture annotations: one row per region, words by attribute name. Pictures named by a number at the end
 * (`clip_000012.jpg`) are frames of the video named before it.
 */
export const via2Csv = defineFormat({
  name: 'via2',
  title: 'VIA 2 CSV (pictures)',
  extensions: ['.csv'],
  options: z.object({
    encoding: encodingOption,
    firstFrame: choice({ '0': '0', '1': '1' })
      .default('0')
      .meta({ title: 'First picture', description: 'Number of the first picture', on: 'read' }),
    video: nameOption('what stands before the number of a picture'),
  }),
  losses: [],
  detect({ isFolder, text }) {
    const header = isFolder ? [] : headerOf(text)
    const found = header.includes('region_shape_attributes') && header.some((name) => /^#?filename$/.test(name))
    return found ? { confidence: 0.96, why: 'its columns are those of VIA 2' } : null
  },
  async *read(source, options, reading): AsyncGenerator<Part> {
    const skip = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
    const { rows } = await csvTable(source, options.encoding, skip)
    const videos = new Map<string, Map<string, DenseBox[]>>()
    for await (const row of rows) {
      reading.read(1)
      const found = regionOf(row, options)
      if (typeof found === 'string') {
        skip(row.line, found)
        continue
      }
      const words = videos.get(found.video) ?? new Map<string, DenseBox[]>()
      videos.set(found.video, words)
      pushTo(words, found.word, { frame: found.frame, box: found.box, occluded: false })
    }
    for (const [name, words] of videos) {
      const end = reading.video(name)?.frames ?? Infinity
      const tracks = [...words].flatMap(([word, boxes]): NeutralTrack[] =>
        linked(boxes).map((dense) => trackNamed(word, keyframesOf(dense, end))),
      )
      yield { kind: 'video', line: null, video: bareVideo(name, { tracks }) }
    }
  },
})

function regionOf(row: CsvRow, { firstFrame, video }: { firstFrame: string; video: string }) {
  const file = row.cell('filename') || row.cell('#filename')
  const [, before = '', number] = /^(.*?)[_\-. ]?(?:frame[_\-]?)?(\d+)\.\w+$/i.exec(file) ?? []
  if (number === undefined) return 'the name of the picture does not end in the number of a frame'
  const shape = Shape.safeParse(json(row.cell('region_shape_attributes')))
  if (!shape.success) return 'the region is no box'
  if (shape.data.name !== 'rect') return `a region of ${shape.data.name} is no box`
  const words = Object.values(json(row.cell('region_attributes')) ?? {}).filter(
    (one) => typeof one === 'string' && one !== '',
  )
  const [word] = words as string[]
  if (!word) return 'the region has no word'
  const { x, y, width, height } = shape.data
  const name = video || before.split('/').filter(Boolean).at(-1) || before
  return {
    video: name,
    word,
    frame: Number(number) - Number(firstFrame),
    box: { x1: x, y1: y, x2: x + width, y2: y + height },
  }
}

function json(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
