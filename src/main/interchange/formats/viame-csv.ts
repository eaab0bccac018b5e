import { z } from 'zod'
import { csvLine } from '@shared/csv'
import type { NeutralVideo } from '@main/interchange/dataset'
import { type Part, type Reading, bareVideo, defineFormat, partsOfVideo } from '@main/interchange/format'
import { recordsOf } from '@main/interchange/kit/csv-rows'
import { type DenseBox, keyframesOf, shownFrames } from '@main/interchange/kit/dense-track'
import { PackedBoxes, drained } from '@main/interchange/kit/packed-boxes'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { fileName } from '@main/interchange/kit/file-name'
import { trackNamed, wordOf } from '@main/interchange/kit/said'
import type { Source } from '@main/interchange/source/source'

const columns =
  '# 1: Detection or Track-id,2: Video or Image Identifier,3: Unique Frame Identifier,4-7: Img-bbox(TL_x,TL_y,BR_x,BR_y),' +
  '8: Detection or Length Confidence,9: Target Length (0 or -1 if invalid),10-11+: Repeated Species,Confidence Pairs or Attributes'

/**
 * VIAME CSV as DIVE reads and writes it (viame.readthedocs.io, "Detection file conversions"): one row per box, frames from
 * 0 at the rate that the header gives, corners in pixels, pairs of class and confidence, then tokens such as `(atr) key value`.
 */
export const viameCsv = defineFormat({
  name: 'viame',
  title: 'VIAME CSV (DIVE)',
  extensions: ['.csv'],
  options: z.object({
    encoding: encodingOption,
    video: nameOption('the name of the file'),
  }),
  losses: [
    'key frames: every frame with a box is written',
    'answers without a box',
    'splits and classes of videos',
    'who said it',
  ],
  detect({ isFolder, text }) {
    if (isFolder) return null
    if (/^\ufeff?"?#\s*1: Detection or Track-id/.test(text))
      return { confidence: 0.97, why: 'its first line names the columns of VIAME' }
    const rows = text
      .split(/\r\n|\n|\r/)
      .filter((line) => line && !line.startsWith('#'))
      .slice(0, 10)
    const isRow = (line: string) => /^\d+,[^,]*,\d+(,-?[\d.eE+]+){5,6},("(?:[^"]|"")*"|[^,]+),-?[\d.]+/.test(line)
    return rows.length > 0 && rows.slice(0, -1).every(isRow) && isRow(rows[0] as string)
      ? { confidence: 0.75, why: 'its rows are a track, a picture, a frame, four corners and a class' }
      : null
  },
  async *read(source, options, reading) {
    yield* partsOf(source, { options, reading })
  },
  *write({ videos, videoCount }) {
    for (const video of videos())
      yield { path: videoCount === 1 ? '' : `${fileName(video.name)}.csv`, chunks: lines(video) }
  },
})

interface About {
  options: { encoding: string; video: string }
  reading: Reading
}

async function* partsOf(source: Source, { options, reading }: About): AsyncGenerator<Part> {
  const skip = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
  const name = options.video || source.name.replace(/\.csv$/i, '')
  const known = reading.video(name)
  const objects = new Map<string, { word: string; boxes: PackedBoxes }>()
  let fps: number | null = null
  for await (const { record, line } of recordsOf(source, options.encoding, { delimiter: ',', onBroken: skip })) {
    if (record[0]?.trimStart().startsWith('#')) {
      fps = rateIn(record) ?? fps
      continue
    }
    reading.read(1)
    for (const token of record.slice(9)) if (token.includes('(')) loseToken(token.trim(), reading)
    const row = rowOf(record)
    if (typeof row === 'string') {
      skip(line, row)
      continue
    }
    const object = objects.get(row.id) ?? { word: row.word, boxes: new PackedBoxes() }
    objects.set(row.id, object)
    object.word = row.word
    object.boxes.push(row)
  }
  if (fps !== null && known && Math.abs(fps - known.fps) > 0.01)
    reading.note({
      kind: 'clamped',
      line: 1,
      reason: `frames are counted at ${fps} a second and the video has ${known.fps}: they were moved to the frames shown then`,
    })
  const scale = fps !== null && known ? known.fps / fps : 1
  const tracks = drained(objects, (id, { word, boxes }) => {
    const moved = boxes.all().map((box) => ({ ...box, frame: Math.round(box.frame * scale) }))
    return trackNamed(word, keyframesOf(moved, known?.frames ?? Infinity), { name: id })
  })
  yield* partsOfVideo(bareVideo(name, { fps }), tracks)
}

function rateIn(record: readonly string[]): number | null {
  const found = /\bfps:\s*([\d.]+)/i.exec(record.join(','))
  return found && Number(found[1]) > 0 ? Number(found[1]) : null
}

const isOccluded = /^\(atr\)\s+occluded\s+true$/i

function rowOf(record: readonly string[]): (DenseBox & { id: string; word: string }) | string {
  if (record.length < 9) return `a row needs nine columns or more, this one has ${record.length}`
  const [id = '', , frame, x1, y1, x2, y2] = record.map((cell) => cell.trim())
  const numbers = [frame, x1, y1, x2, y2].map((cell) => (cell ? Number(cell) : Number.NaN))
  if (!id || numbers.some((value) => !Number.isFinite(value)))
    return 'a row needs a track and the numbers frame, left, top, right, bottom'
  const tokens = record.slice(9).map((cell) => cell.trim())
  const pairs = tokens.findIndex((token) => /^\((kp|atr|trk-atr|poly|hole|note)\) /.test(token))
  const classes = tokens.slice(0, pairs === -1 ? undefined : pairs)
  const best = classes.reduce<{ word: string; score: number }>(
    (found, word, i) => {
      const score = Number(classes[i + 1] ?? 0)
      return i % 2 === 0 && word && score > found.score ? { word, score } : found
    },
    { word: classes[0] || 'unknown', score: Number(classes[1] ?? 0) },
  )
  const occluded = tokens.some((token) => isOccluded.test(token))
  const [at, left, top, right, bottom] = numbers as [number, number, number, number, number]
  return { id, word: best.word, frame: at, box: { x1: left, y1: top, x2: right, y2: bottom }, occluded }
}

/** Counts what a row says beside its box. */
function loseToken(token: string, reading: Reading): void {
  const [, kind, rest = ''] = /^\((kp|atr|trk-atr|poly|hole|note)\)\s+(.*)$/.exec(token) ?? []
  if (!kind || isOccluded.test(token)) return
  const [key = ''] = rest.split(' ')
  if (kind === 'atr') reading.lose(`the attribute ${JSON.stringify(key)} of single boxes`)
  else if (kind === 'trk-atr') reading.lose(`the attribute ${JSON.stringify(key)} of whole tracks`)
  else reading.lose({ kp: 'points', note: 'notes' }[kind] ?? 'outlines')
}

function* lines(video: NeutralVideo): Generator<string> {
  yield `${columns}\n# metadata,fps: ${video.fps ?? 0}\n`
  for (const [id, track] of video.tracks.entries())
    for (const { frame, box, occluded } of shownFrames(track.keyframes, video.frames ?? 0)) {
      const corners = [box.x1, box.y1, box.x2, box.y2].map((value) => Math.round(value * 1000) / 1000)
      const tokens = occluded ? ['(atr) occluded true'] : []
      yield `${csvLine([id, clock(frame, video.fps), frame, ...corners, 1, -1, wordOf(track), 1, ...tokens])}\n`
    }
}

function clock(frame: number, fps: number | null): string {
  const seconds = fps ? frame / fps : 0
  const whole = Math.floor(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const rest = (seconds - whole + (whole % 60)).toFixed(6).padStart(9, '0')
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${rest}`
}
