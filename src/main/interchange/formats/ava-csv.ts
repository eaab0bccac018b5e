import { z } from 'zod'
import { csvLine } from '@shared/csv'
import type { NeutralVideo } from '@main/interchange/dataset'
import {
  type Contents,
  type KnownVideo,
  type Part,
  bareVideo,
  defineFormat,
  partsOfVideo,
} from '@main/interchange/format'
import { recordsOf } from '@main/interchange/kit/csv-rows'
import { keyframesInOrder, shownFrames } from '@main/interchange/kit/dense-track'
import { type PackedBoxes, drained, packTo } from '@main/interchange/kit/packed-boxes'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { trackNamed, wordOf } from '@main/interchange/kit/said'
import { FrameClock } from '@main/interchange/kit/seconds'

const row = /^("[^"]*"|[^,\r\n]+),\d+(\.\d+)?(,(0|1|0?\.\d+|1\.0+)){4},("([^"]|"")*"|[^,]+)(,-?\d+)?$/

/**
 * AVA actions (research.google.com/ava): `video, second, x1, y1, x2, y2, action, person`, corners from 0 to 1, no header.
 * A box is of one moment; boxes of a person that follow one another become one track.
 */
export const avaCsv = defineFormat({
  name: 'ava',
  title: 'AVA CSV',
  extensions: ['.csv'],
  options: z.object({
    encoding: encodingOption,
    start: z.number().min(0).default(0).meta({
      title: 'Second at which videos begin',
      description: 'Second of the film at which each video begins; AVA cuts at 900',
    }),
  }),
  losses: [
    'key frames: every frame with a box is written',
    'what reaches beyond the picture',
    'answers without a box',
    'splits and classes of videos',
    'whether a box is occluded',
    'who said it',
  ],
  detect({ isFolder, text }) {
    if (isFolder) return null
    const rows = text
      .split(/\r\n|\n|\r/)
      .filter(Boolean)
      .slice(0, 10)
    return rows.length > 0 && row.test(rows[0] as string) && rows.slice(0, -1).every((line) => row.test(line))
      ? { confidence: 0.85, why: 'its rows are a video, a second, four corners from 0 to 1 and an action' }
      : null
  },
  async *read(source, { encoding, start }, reading): AsyncGenerator<Part> {
    const skip = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
    const videos = new Map<string, Map<string, PackedBoxes>>()
    const known = new Map<string, { video: KnownVideo; clock: FrameClock } | null>()
    const knownAs = (name: string) => {
      const video = known.has(name) ? null : reading.video(name)
      if (!known.has(name)) known.set(name, video && { video, clock: new FrameClock(video) })
      return known.get(name) ?? null
    }
    for await (const { record, line } of recordsOf(source, encoding, { delimiter: ',', onBroken: skip })) {
      reading.read(1)
      const [name = '', time, x1, y1, x2, y2, action = '', person = '0'] = record.map((cell) => cell.trim())
      if ([x1, y1, x2, y2].every((cell) => cell === '')) continue
      const numbers = [time, x1, y1, x2, y2].map((cell) => (cell ? Number(cell) : Number.NaN))
      const { video, clock } = knownAs(name) ?? { video: null, clock: null }
      if (!name || !action || numbers.some((value) => !Number.isFinite(value))) {
        skip(line, 'a row needs a video, a second, four corners and an action')
        continue
      }
      const [at, left, top, right, bottom] = numbers as [number, number, number, number, number]
      const frame = clock?.frameAt(at - start) ?? null
      if (!video || frame === null) {
        if (video) reading.note({ kind: 'outOfRange', line, reason: `${name}: ${at} s lies outside the video` })
        else skip(line, `${name}: corners are shares of the picture, and the project does not know the video`)
        continue
      }
      const box = { x1: left * video.width, y1: top * video.height, x2: right * video.width, y2: bottom * video.height }
      const people = videos.get(name) ?? new Map<string, PackedBoxes>()
      videos.set(name, people)
      packTo(people, `${person} ${action}`, { frame, box, occluded: false })
    }
    for (const [name, people] of videos) {
      const end = reading.video(name)?.frames ?? Infinity
      const tracks = drained(people, (key, boxes) => {
        const at = key.indexOf(' ')
        return trackNamed(key.slice(at + 1), keyframesInOrder(boxes.inOrder(), end), { name: key.slice(0, at) })
      })
      yield* partsOfVideo(bareVideo(name), tracks)
    }
  },
  *write(contents, { start }) {
    yield { path: '', chunks: lines(contents, start) }
  },
})

function* lines({ videos, known }: Contents, start: number): Generator<string> {
  for (const video of videos()) {
    const there = known(video.name)
    if (!there) continue
    const clock = new FrameClock(there)
    yield* rowsOf(video, (frame) => clock.secondsOf(frame) + start)
  }
}

function* rowsOf(video: NeutralVideo, secondsAt: (frame: number) => number): Generator<string> {
  const { name, width, height, frames, tracks } = video
  for (const [person, track] of tracks.entries())
    for (const { frame, box } of shownFrames(track.keyframes, frames ?? 0)) {
      const share = (value: number, side: number | null) => Math.min(1, Math.max(0, value / (side ?? 1))).toFixed(5)
      const corners = [share(box.x1, width), share(box.y1, height), share(box.x2, width), share(box.y2, height)]
      yield `${csvLine([name, secondsAt(frame).toFixed(3), ...corners, wordOf(track), person])}\n`
    }
}
