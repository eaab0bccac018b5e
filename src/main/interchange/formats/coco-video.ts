import { choice } from '@shared/config/choice'
import { z } from 'zod'
import type { NeutralTrack, NeutralVideo } from '@main/interchange/dataset'
import { type Contents, type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { CocoFile, type CocoVideo } from '@main/interchange/kit/coco-file'
import { keyframesInOrder, shownFrames } from '@main/interchange/kit/dense-track'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { answer, trackNamed, wordOf, wordsOf } from '@main/interchange/kit/said'

const dialectWords = { cocovid: 'CocoVID', tao: 'TAO', 'youtube-vis': 'YouTube-VIS', kwcoco: 'KWCOCO' }

/**
 * COCO-like video in four dialects (mmtracking's CocoVID, TAO, YouTube-VIS, KWCOCO as DIVE writes it): `bbox` is
 * `[x, y, width, height]`, frames from 0. Which field holds frame and identity differs; all are read, one is written.
 */
export const cocoVideo = defineFormat({
  name: 'coco-video',
  title: 'COCO video (CocoVID, TAO, YouTube-VIS, KWCOCO)',
  extensions: ['.json'],
  options: z.object({
    encoding: encodingOption,
    dialect: choice(dialectWords)
      .default('cocovid')
      .meta({ title: 'Dialect', description: 'Which dialect to write', on: 'write' }),
  }),
  losses: [
    'key frames: every frame with a box is written',
    'groups, sides and descriptions of attributes',
    'splits, groups and classes of videos',
    'who said it and when',
    'youtube-vis: whether a box is occluded',
  ],
  detect({ isFolder, text }) {
    if (isFolder || !/^\s*\{/.test(text)) return null
    const has = (key: string) => text.includes(`"${key}"`)
    if (has('categories') && has('videos') && (has('images') || has('annotations')))
      return { confidence: 0.9, why: 'it has the lists videos, categories and annotations' }
    return has('images') && has('categories') && has('annotations') && has('track_id')
      ? { confidence: 0.7, why: 'it is COCO with track ids' }
      : null
  },
  async *read(source, { encoding }, reading) {
    const file = await CocoFile.read(source, encoding, reading)
    for (const video of file.videos()) yield* partsOf(video, reading)
  },
  *write(contents, { dialect }) {
    yield { path: '', chunks: lines(contents, dialect) }
  },
})

/** A part for each object, so that no more than one is in memory as boxes and as key frames. */
function* partsOf(
  { name, frames, width, height, fps, objects, answers }: CocoVideo,
  reading: Reading,
): Generator<Part> {
  const end = frames ?? reading.video(name)?.frames ?? Infinity
  for (const { id, category, boxes } of objects) {
    const tracks = [trackNamed(category, keyframesInOrder(boxes.inOrder(), end), { name: id })]
    yield { kind: 'video', line: null, video: bareVideo(name, { tracks }) }
  }
  const said = answers.map(({ attribute, value }) => answer(attribute, value))
  yield { kind: 'video', line: null, video: bareVideo(name, { frames, width, height, fps, answers: said }) }
}

type Dialect = keyof typeof dialectWords

interface Numbered {
  video: NeutralVideo
  id: number
  firstImage: number
}

/** Videos with their numbers, read anew for each list, so that no more of a project is in memory than a part. */
function* numberedOf({ videos }: Contents): Generator<Numbered> {
  let [id, firstImage] = [0, 1]
  for (const video of videos()) {
    yield { video, id: ++id, firstImage }
    firstImage += video.frames ?? 0
  }
}

function* lines(contents: Contents, dialect: Dialect): Generator<string> {
  const words = wordsOf(contents)
  const categories = words.map((name, i) => ({ id: i + 1, name }))
  const info = dialect === 'kwcoco' ? { description: 'kwcoco' } : {}
  const numbered = () => numberedOf(contents)
  yield `{"info":${JSON.stringify(info)},"licenses":[],\n"categories":${JSON.stringify(categories)},\n`
  yield* list('videos', videosOf(numbered(), dialect))
  if (dialect !== 'youtube-vis') yield* list('images', imagesOf(numbered()))
  if (dialect === 'tao') yield* list('tracks', tracksOf(numbered(), words))
  const boxes = dialect === 'youtube-vis' ? wholeTracks(numbered(), words) : boxesOf(numbered(), words)
  yield* list('annotations', boxes, true)
  yield '}\n'
}

function* list(name: string, items: Iterable<unknown>, last = false): Generator<string> {
  yield `"${name}":[`
  let first = true
  for (const item of items) {
    yield `${first ? '' : ','}\n${JSON.stringify(item)}`
    first = false
  }
  yield last ? ']\n' : '],\n'
}

function* videosOf(numbered: Iterable<Numbered>, dialect: Dialect): Generator<unknown> {
  for (const one of numbered) yield videoOf(one, dialect)
}

function videoOf({ video, id }: Numbered, dialect: Dialect) {
  const { name, width, height, fps, frames, answers } = video
  const said = answers.map(({ attribute, value }) => ({ attribute, value }))
  const about = { id, name, width, height, fps, ...(said.length > 0 ? { attributes: said } : {}) }
  if (dialect !== 'youtube-vis') return dialect === 'kwcoco' ? { ...about, annotation_fps: fps } : about
  const files = Array.from({ length: frames ?? 0 }, (_, frame) => pictureName(name, frame))
  return { ...about, length: frames ?? 0, file_names: files }
}

function* imagesOf(numbered: Iterable<Numbered>): Generator<unknown> {
  for (const { video, id, firstImage } of numbered)
    for (let frame = 0; frame < (video.frames ?? 0); frame++) {
      const file_name = pictureName(video.name, frame)
      const size = { width: video.width, height: video.height }
      yield { id: firstImage + frame, video_id: id, frame_id: frame, frame_index: frame, file_name, ...size }
    }
}

function pictureName(video: string, frame: number): string {
  return `${video}/${String(frame).padStart(6, '0')}.jpg`
}

function* numberedTracks(numbered: Iterable<Numbered>): Generator<Numbered & { track: NeutralTrack; object: number }> {
  let object = 0
  for (const one of numbered) for (const track of one.video.tracks) yield { ...one, track, object: ++object }
}

function* tracksOf(numbered: Iterable<Numbered>, words: readonly string[]): Generator<unknown> {
  for (const { id, track, object } of numberedTracks(numbered))
    yield { id: object, category_id: words.indexOf(wordOf(track)) + 1, video_id: id }
}

function* boxesOf(numbered: Iterable<Numbered>, words: readonly string[]): Generator<unknown> {
  let annotation = 0
  for (const { video, id, firstImage, track, object } of numberedTracks(numbered)) {
    const category_id = words.indexOf(wordOf(track)) + 1
    for (const { frame, box, occluded, isKeyframe } of shownFrames(track.keyframes, video.frames ?? 0)) {
      const [w, h] = [box.x2 - box.x1, box.y2 - box.y1]
      const place = { id: ++annotation, image_id: firstImage + frame, video_id: id, category_id }
      const flags = { iscrowd: 0, attributes: { occluded, keyframe: isKeyframe } }
      yield { ...place, instance_id: object, track_id: object, bbox: [box.x1, box.y1, w, h], area: w * h, ...flags }
    }
  }
}

function* wholeTracks(numbered: Iterable<Numbered>, words: readonly string[]): Generator<unknown> {
  for (const { video, id, track, object } of numberedTracks(numbered)) {
    const empty = () => Array.from({ length: video.frames ?? 0 }, (): number[] | number | null => null)
    const [bboxes, areas] = [empty(), empty()]
    for (const { frame, box } of shownFrames(track.keyframes, video.frames ?? 0)) {
      const [w, h] = [box.x2 - box.x1, box.y2 - box.y1]
      bboxes[frame] = [box.x1, box.y1, w, h]
      areas[frame] = w * h
    }
    const category_id = words.indexOf(wordOf(track)) + 1
    yield { id: object, video_id: id, category_id, iscrowd: 0, bboxes, areas, segmentations: bboxes.map(() => null) }
  }
}
