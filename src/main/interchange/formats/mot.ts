import { z } from 'zod'
import { choice } from '@shared/config/choice'
import { Failure } from '@shared/failures'
import { type Part, type Reading, bareVideo, defineFormat, partsOfVideo } from '@main/interchange/format'
import type { NeutralVideo } from '@main/interchange/dataset'
import { keyframesInOrder, shownFrames } from '@main/interchange/kit/dense-track'
import { fileName, nameOfFile } from '@main/interchange/kit/file-name'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { recordsOf } from '@main/interchange/kit/csv-rows'
import { type PackedBoxes, drained, packTo } from '@main/interchange/kit/packed-boxes'
import { actorWord, trackNamed, wordOf } from '@main/interchange/kit/said'
import { type Source, linesOf, wholeText } from '@main/interchange/source/source'

/** Classes of a file without labels.txt (MOT16, the benchmark's own order; 1-based). */
const benchmarkClasses = (
  'pedestrian,person on vehicle,car,bicycle,motorbike,non motorized vehicle,static person,distractor,occluder,' +
  'occluder on the ground,occluder full,reflection'
).split(',')

const row = /^\s*-?\d+(\.\d+)?\s*,\s*-?\d+(\s*,\s*-?[\d.eE+-]+){4,8}\s*$/

interface Sequence {
  folder: string
  boxes: Source
}

/**
 * MOTChallenge ground truth and detections: rows `frame, id, x, y, w, h, ...` with frames from 1 (motchallenge.net;
 * 7, 9 and 10 columns occur). Every row is a box; gaps hide the object. Classes come from labels.txt, sizes from seqinfo.ini.
 */
export const mot = defineFormat({
  name: 'mot',
  title: 'MOT',
  extensions: ['.zip', '.txt'],
  options: z.object({
    encoding: encodingOption,
    firstFrame: choice({ '0': '0', '1': '1' })
      .default('1')
      .meta({ title: 'First frame', description: 'Number of the first frame in the file', on: 'read' }),
    boxBase: choice({ '0': '0', '1': '1' }).default('0').meta({
      title: 'First pixel',
      description: 'Number of the first pixel; the benchmark counts from 1, most tools from 0',
      on: 'read',
    }),
    video: nameOption('the name of the sequence or folder'),
  }),
  losses: [
    'answers without a box',
    'splits and classes of videos',
    'key frames: every frame is written',
    'who said it',
    'parts of a frame rate: its readers take whole numbers',
  ],
  detect({ isFolder, files, text, name }) {
    if (isFolder) {
      const found = files.some((file) => /(^|\/)(gt|det)\/(gt|det)\.txt$/.test(file))
      return found ? { confidence: 0.95, why: 'it holds a gt/gt.txt or det/det.txt' } : null
    }
    const lines = text
      .split(/\r\n|\n|\r/)
      .slice(0, 20)
      .filter((line) => line.trim() && !line.startsWith('#'))
    if (lines.length === 0 || !lines.slice(0, -1).every((line) => row.test(line)) || !row.test(lines[0] as string))
      return null
    return {
      confidence: /\.txt$/i.test(name) ? 0.8 : 0.5,
      why: 'its lines are numbers: frame, id, x, y, width, height',
    }
  },
  async *read(source, options, reading) {
    for (const sequence of sequencesOf(source)) yield* partsOf(source, sequence, { options, reading })
  },
  *write({ videos, videoCount }) {
    for (const video of videos()) {
      const at = videoCount === 1 ? '' : `${fileName(video.name)}/`
      const words = [...new Set(video.tracks.map(wordOf))].sort()
      yield { path: `${at}gt/gt.txt`, chunks: rows(video, words) }
      yield { path: `${at}gt/labels.txt`, chunks: words.map((word) => `${word.replace(/[\r\n]/g, ' ')}\n`) }
      yield { path: `${at}seqinfo.ini`, chunks: [seqinfo(video)] }
    }
  },
})

interface Options {
  encoding: string
  firstFrame: '0' | '1'
  boxBase: '0' | '1'
  video: string
}

function sequencesOf(source: Source): Sequence[] {
  if (!source.isFolder) return [{ folder: '', boxes: source }]
  const files = source.files()
  const truths = files.filter((file) => /(^|\/)gt\/gt\.txt$/.test(file))
  const chosen = truths.length > 0 ? truths : files.filter((file) => /(^|\/)det\/det\.txt$/.test(file))
  return chosen.map((file) => ({ folder: file.replace(/\/?(gt|det)\/(gt|det)\.txt$/, ''), boxes: source.open(file) }))
}

async function* partsOf(
  source: Source,
  { folder, boxes }: Sequence,
  { options, reading }: { options: Options; reading: Reading },
): AsyncGenerator<Part> {
  const info = await settingsOf(source, folder)
  const labels = await labelsOf(source, folder)
  const name =
    options.video ||
    info.get('name') ||
    nameOfFile(folder.split('/').at(-1) ?? '') ||
    source.name.replace(/\.txt$/i, '')
  const tracks = new Map<string, PackedBoxes>()
  const onBroken = (line: number, reason: string) => reading.note({ kind: 'skipped', line, reason })
  for await (const { record, line } of recordsOf(boxes, options.encoding, { delimiter: ',', onBroken })) {
    if (record.every((cell) => cell.trim() === '') || record[0]?.trim().startsWith('#')) continue
    reading.read(1)
    const found = boxOf(record, { line, options, reading })
    if (!found) continue
    const key = `${found.id} ${found.label === null ? '' : (labels[found.label - 1] ?? `class ${found.label}`)}`
    packTo(tracks, key, found)
  }
  const count = (key: string) => Number(info.get(key)) || null
  const end = count('seqlength') ?? reading.video(name)?.frames ?? null
  const about = {
    frames: count('seqlength'),
    width: count('imwidth'),
    height: count('imheight'),
    fps: count('framerate'),
  }
  const read = drained(tracks, (key, dense) => {
    const [id = '', ...word] = key.split(' ')
    return trackNamed(word.join(' ') || actorWord, keyframesInOrder(dense.inOrder(), end), { name: id })
  })
  yield* partsOfVideo(bareVideo(name, about), read)
}

function boxOf(record: readonly string[], about: { line: number; options: Options; reading: Reading }) {
  const { line, options, reading } = about
  const skip = (reason: string) => void reading.note({ kind: 'skipped', line, reason })
  const numbers = record.map((cell) => Number(cell.trim() || Number.NaN))
  const [frame = Number.NaN, id = Number.NaN, x = Number.NaN, y = Number.NaN, w = Number.NaN, h = Number.NaN] = numbers
  if (record.length < 6 || [frame, id, x, y, w, h].some((value) => !Number.isFinite(value)))
    return skip('a row needs the numbers frame, id, x, y, width, height')
  const ordinal = frame - Number(options.firstFrame)
  if (ordinal < 0)
    return void reading.note({
      kind: 'outOfRange',
      line,
      reason: `frame ${frame}: the file seems to count from 0; say so with firstFrame 0`,
    })
  // Nine columns are ground truth: shall it count, class, visibility. Ten are detections, with fillers.
  const isTruth = record.length === 9 || record.length === 8
  if (isTruth && numbers[6] === 0) return skip('the row says that it is not to be counted')
  const label = isTruth && Number.isInteger(numbers[7]) && (numbers[7] as number) > 0 ? (numbers[7] as number) : null
  const base = Number(options.boxBase)
  const box = { x1: x - base, y1: y - base, x2: x - base + w, y2: y - base + h }
  const visibility = record.length === 9 ? (numbers[8] ?? 1) : 1
  return { id, label, frame: ordinal, box, occluded: visibility <= 0 }
}

async function labelsOf(source: Source, folder: string): Promise<string[]> {
  const path = ['gt/labels.txt', 'labels.txt']
    .map((file) => (folder ? `${folder}/${file}` : file))
    .find((file) => source.files().includes(file))
  if (!path) return benchmarkClasses
  const labels: string[] = []
  for await (const { text } of linesOf(source.open(path))) labels.push(text.trim())
  return labels
}

/** Keys of seqinfo.ini in lower case. */
async function settingsOf(source: Source, folder: string): Promise<Map<string, string>> {
  const path = folder ? `${folder}/seqinfo.ini` : 'seqinfo.ini'
  if (!source.isFolder || !source.files().includes(path)) return new Map()
  const lines = (await wholeText(source.open(path))).split(/\r\n|\n|\r/)
  const pairs = lines.map((line) => /^\s*([^=;#[]+?)\s*=\s*(.*?)\s*$/.exec(line)).filter((pair) => pair !== null)
  return new Map(pairs.map(([, key = '', value = '']) => [key.toLowerCase(), value]))
}

function* rows(video: NeutralVideo, words: readonly string[]): Generator<string> {
  const { frames } = needed(video)
  const all = video.tracks.flatMap((track, i) =>
    [...shownFrames(track.keyframes, frames)].map((shown) => ({
      ...shown,
      id: i + 1,
      label: words.indexOf(wordOf(track)) + 1,
    })),
  )
  for (const { frame, id, box, label, occluded } of all.sort((a, b) => a.frame - b.frame || a.id - b.id)) {
    const cells = [frame + 1, id, box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1, 1, label, occluded ? 0 : 1]
    yield `${cells.map((value) => String(Math.round(value * 1000) / 1000)).join(',')}\n`
  }
}

function seqinfo(video: NeutralVideo): string {
  const { frames, width, height } = needed(video)
  const lines = [
    '[Sequence]',
    `name=${video.name.replace(/[\r\n]/g, ' ')}`,
    'imDir=img1',
    `frameRate=${Math.round(video.fps ?? 0)}`,
    `seqLength=${frames}`,
    `imWidth=${width}`,
    `imHeight=${height}`,
    'imExt=.jpg',
  ]
  return `${lines.join('\n')}\n`
}

function needed({ name, frames, width, height }: NeutralVideo): { frames: number; width: number; height: number } {
  if (frames === null || width === null || height === null)
    throw new Failure('BAD_SETTING', { setting: 'videos', reason: `${name} has no pictures to write boxes for` })
  return { frames, width, height }
}
