import { z } from 'zod'
import { csvLine } from '@shared/csv'
import { type Contents, type Part, defineFormat } from '@main/interchange/format'
import { recordsOf } from '@main/interchange/kit/csv-rows'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { linkOption } from '@main/interchange/kit/link-option'
import { ViaVideo, type ViaWords } from '@main/interchange/kit/via-shapes'
import { viaEntries, viaLosses, viaNames } from '@main/interchange/kit/via-write'

const header = 'metadata_id,file_list,flags,temporal_coordinates,spatial_coordinates,metadata'
const Cells = z.tuple([
  z.string(),
  z.array(z.string()),
  z.array(z.number()),
  z.array(z.number()),
  z.record(z.string(), z.unknown()),
])

/** VIA 3's CSV: comment lines say the attributes, then a row per box or answer with JSON in its cells. */
export const via3Csv = defineFormat({
  name: 'via3-csv',
  title: 'VIA 3 CSV',
  extensions: ['.csv'],
  options: z.object({
    encoding: encodingOption,
    link: linkOption('boxes of one word'),
  }),
  spans: true,
  losses: viaLosses,
  detect({ isFolder, text }) {
    const found = !isFolder && /#\s*CSV_HEADER\s*=\s*metadata_id,file_list,flags,temporal_coordinates/.test(text)
    return found ? { confidence: 0.97, why: 'a comment in it names the columns of VIA 3' } : null
  },
  async *read(source, { encoding, link }, reading): AsyncGenerator<Part> {
    const videos = new Map<string, ViaVideo>()
    const names = new Map<string, string>()
    const skip = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
    for await (const { record, line } of recordsOf(source, encoding, { delimiter: ',', onBroken: skip })) {
      if (record[0]?.startsWith('#')) {
        for (const [id, name] of namesIn(record.join(','))) names.set(id, name)
        continue
      }
      const cells = cellsOf(record)
      const [file] = cells?.[1] ?? []
      if (!cells || file === undefined) {
        skip(line, 'the row has no JSON in the cells of VIA 3')
        continue
      }
      const own = videos.get(file) ?? new ViaVideo(file, reading.video(file), reading)
      videos.set(file, own)
      const words = Object.entries(cells[4]).map(([id, value]): ViaWords => [names.get(id) ?? id, [String(value)]])
      own.take({ times: cells[2], shape: cells[3], words }, line)
    }
    for (const own of videos.values()) yield* own.parts(link)
  },
  *write(contents) {
    yield { path: '', chunks: lines(contents) }
  },
})

/** Attribute names from the comment that VIA writes: `# ATTRIBUTE = {"1":{"aname":"object", ...}}`. */
function namesIn(comment: string): [string, string][] {
  const json = /^#\s*ATTRIBUTE\s*=\s*(\{.*\})\s*$/.exec(comment)?.[1]
  if (!json) return []
  try {
    const read = z.record(z.string(), z.object({ aname: z.string() })).safeParse(JSON.parse(json))
    return read.success ? Object.entries(read.data).map(([id, { aname }]) => [id, aname]) : []
  } catch {
    return []
  }
}

function cellsOf([id, files, _flags, times, shape, words]: readonly string[]) {
  try {
    const parsed = [id, ...[files, times, shape, words].map((cell) => JSON.parse(cell || '[]') as unknown)]
    if (Array.isArray(parsed[4]) && parsed[4].length === 0) parsed[4] = {}
    return Cells.safeParse(parsed).data ?? null
  } catch {
    return null
  }
}

function* lines({ videos, known }: Contents): Generator<string> {
  const attributes = Object.fromEntries(viaNames.map((aname, i) => [String(i + 1), { aname }]))
  yield `# Exported in the format of VGG Image Annotator 3\n# ATTRIBUTE = ${JSON.stringify(attributes)}\n# CSV_HEADER = ${header}\n`
  let vid = 0
  for (const video of videos()) {
    vid++
    let k = 0
    for (const { z: times, xy, av } of viaEntries(video, known(video.name)))
      yield `${csvLine([`${vid}_${++k}`, JSON.stringify([video.name]), 0, JSON.stringify(times), JSON.stringify(xy), JSON.stringify(av)])}\n`
  }
}
