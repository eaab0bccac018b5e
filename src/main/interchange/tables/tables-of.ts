import { visibleSpans } from '@shared/geometry/track'
import type { NeutralAnswer, NeutralTrack, NeutralVideo } from '@main/interchange/dataset'
import type { Contents, WrittenOutcome } from '@main/interchange/format'
import { type ShownBox, shownFrames } from '@main/interchange/kit/dense-track'
import type { Cell, Column, Table } from './column'
import { csvChunks } from './csv'
import { parquetChunks } from './parquet'

type OfVideo<Row> = Row & { video: NeutralVideo }
type AnswerRow = OfVideo<{ answer: NeutralAnswer }>
type TrackRow = OfVideo<{ track: NeutralTrack; number: number }>
type BoxRow = TrackRow & { shown: ShownBox }
type TubeRow = { outcome: WrittenOutcome; frame: number; sides: readonly number[] }

const column =
  <Row>(type: Column<Row>['type']) =>
  (name: string, of: (row: Row) => Cell): Column<Row> => ({ name, type, of })

/** A table that can be written, whatever its rows are. */
interface WritableTable {
  name: string
  chunks(file: 'csv' | 'parquet'): Iterable<string | Uint8Array>
}

/** Every table of a project: what is said, boxed, measured and explained. */
export function tablesOf(contents: Contents): WritableTable[] {
  return [
    writable(answersOf(contents)),
    writable(tracksOf(contents)),
    writable(boxesOf(contents)),
    writable(outcomesOf(contents)),
    writable(tubesOf(contents)),
  ]
}

function writable<Row>(table: Table<Row>): WritableTable {
  return { name: table.name, chunks: (file) => (file === 'csv' ? csvChunks(table) : parquetChunks(table)) }
}

function answersOf(contents: Contents): Table<AnswerRow> {
  const word = column<AnswerRow>('STRING')
  const rows = function* (): Generator<AnswerRow> {
    for (const video of contents.videos()) for (const answer of video.answers) yield { video, answer }
  }
  const columns = [
    ...aboutVideo<AnswerRow>(),
    word('attribute', ({ answer }) => answer.attribute),
    word('value', ({ answer }) => answer.value),
    word('source', ({ answer }) => answer.source),
    word('person', ({ answer }) => answer.person),
  ]
  return { name: 'answers', columns, rows: rows() }
}

function* tracksIn(contents: Contents): Generator<TrackRow> {
  for (const video of contents.videos())
    for (const [number, track] of video.tracks.entries()) yield { video, track, number }
}

function tracksOf(contents: Contents): Table<TrackRow> {
  const [word, whole] = [column<TrackRow>('STRING'), column<TrackRow>('INT32')]
  const spans = ({ video, track }: TrackRow) => visibleSpans(track.keyframes, video.frames ?? 0)
  const columns = [
    ...aboutVideo<TrackRow>(),
    whole('track', ({ number }) => number),
    word('kind', ({ track }) => track.kind),
    word('attribute', ({ track }) => track.attribute),
    word('source', ({ track }) => track.source),
    word('person', ({ track }) => track.person),
    whole('first_frame', (row) => spans(row)[0]?.from ?? null),
    whole('last_frame', (row) => spans(row).at(-1)?.to ?? null),
    whole('keyframes', ({ track }) => track.keyframes.length),
    whole('boxes', (row) => spans(row).reduce((sum, { from, to }) => sum + to - from + 1, 0)),
  ]
  return { name: 'tracks', columns, rows: tracksIn(contents) }
}

function boxesOf(contents: Contents): Table<BoxRow> {
  const [word, whole] = [column<BoxRow>('STRING'), column<BoxRow>('INT32')]
  const flag = column<BoxRow>('BOOLEAN')
  const rows = function* (): Generator<BoxRow> {
    for (const row of tracksIn(contents))
      for (const shown of shownFrames(row.track.keyframes, row.video.frames ?? 0)) yield { ...row, shown }
  }
  const columns = [
    word('video', ({ video }) => video.name),
    whole('track', ({ number }) => number),
    word('attribute', ({ track }) => track.attribute),
    whole('frame', ({ shown }) => shown.frame),
    ...corners<BoxRow>(({ shown: { box } }) => [box.x1, box.y1, box.x2, box.y2]),
    flag('occluded', ({ shown }) => shown.occluded),
    flag('keyframe', ({ shown }) => shown.isKeyframe),
  ]
  return { name: 'boxes', columns, rows: rows() }
}

function outcomesOf(contents: Contents): Table<WrittenOutcome> {
  const word = column<WrittenOutcome>('STRING')
  const types = { whole: column<WrittenOutcome>('INT32'), number: column<WrittenOutcome>('DOUBLE') }
  const flag = column<WrittenOutcome>('BOOLEAN')
  const words = ['evaluation', 'run', 'method', 'video', 'label', 'pos', 'neg', 'attribute', 'covers', 'cause'] as const
  const whole = ['rank', 'hitRank', 'negTies', 'unionNegTies'] as const
  const numbers = [
    ...(['score', 'minScore', 'area', 'presence', 'agreement', 'iou', 'negRank', 'unionNegRank'] as const),
    ...(['posBefore', 'posAfter', 'negBefore', 'negAfter'] as const),
  ]
  const flags = ['supported', 'assigned', 'hasBoxes', 'right'] as const
  const columns = [
    ...words.map((key) => word(key, (row) => row[key])),
    ...whole.map((key) => types.whole(snake(key), (row) => row[key])),
    ...numbers.map((key) => types.number(snake(key), (row) => row[key])),
    ...flags.map((key) => flag(snake(key), (row) => row[key])),
  ]
  return { name: 'outcomes', columns, rows: contents.outcomes() }
}

/** Where the method's answers are: a row per frame of each tube. */
function tubesOf(contents: Contents): Table<TubeRow> {
  const [word, whole] = [column<TubeRow>('STRING'), column<TubeRow>('INT32')]
  const rows = function* (): Generator<TubeRow> {
    for (const outcome of contents.outcomes())
      if (outcome.method === 'method')
        for (const { frame, box } of outcome.tube) yield { outcome, frame, sides: [box.x1, box.y1, box.x2, box.y2] }
  }
  const columns = [
    ...(['evaluation', 'video', 'pos', 'neg', 'attribute'] as const).map((key) =>
      word(key, ({ outcome }) => outcome[key]),
    ),
    whole('rank', ({ outcome }) => outcome.rank),
    whole('frame', ({ frame }) => frame),
    ...corners<TubeRow>(({ sides }) => sides),
  ]
  return { name: 'explanations', columns, rows: rows() }
}

function aboutVideo<Row extends { video: NeutralVideo }>(): Column<Row>[] {
  return (['name', 'class', 'split', 'group'] as const).map((key) => {
    return { name: key === 'name' ? 'video' : key, type: 'STRING', of: ({ video }) => video[key] }
  })
}

function corners<Row>(sides: (row: Row) => readonly number[]): Column<Row>[] {
  return ['x1', 'y1', 'x2', 'y2'].map((name, i) => ({ name, type: 'DOUBLE', of: (row) => sides(row)[i] ?? null }))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
