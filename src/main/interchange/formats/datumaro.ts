import { z } from 'zod'
import type { NeutralVideo } from '@main/interchange/dataset'
import { type Contents, type Part, type Reading, bareVideo, defineFormat, partsOfVideo } from '@main/interchange/format'
import { keyframesInOrder, shownFrames } from '@main/interchange/kit/dense-track'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { loseFields } from '@main/interchange/kit/lost-attributes'
import { jsonParts } from '@main/interchange/kit/json-stream'
import { type PackedBoxes, drained, packTo } from '@main/interchange/kit/packed-boxes'
import { pushTo } from '@main/interchange/kit/push-to'
import { actorWord, answer, trackNamed, wordOf, wordsOf } from '@main/interchange/kit/said'
import type { Source } from '@main/interchange/source/source'

const Label = z.object({ name: z.string() })
const Shape = z.object({
  type: z.string(),
  label_id: z.int().min(0).nullish(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullish(),
  attributes: z.record(z.string(), z.unknown()).default({}),
})
const Item = z.object({
  id: z.string(),
  attr: z.record(z.string(), z.unknown()).default({}),
  annotations: z.array(z.unknown()).default([]),
})

/** A video's item that is no frame: answers of the whole video stand there. */
const wholeVideo = 'video'
const labelPath = '$.categories.label.labels.*'
const itemPath = '$.items.*'

/**
 * Datumaro's own JSON (openvinotoolkit.github.io/datumaro, "Datumaro format"): items are pictures named
 * `video/frame_000000`, boxes `[x, y, width, height]`, identity in the attribute `track_id`, labels by position.
 */
export const datumaro = defineFormat({
  name: 'datumaro',
  title: 'Datumaro JSON',
  extensions: ['.json'],
  options: z.object({ encoding: encodingOption }),
  losses: [
    'groups, sides and descriptions of attributes',
    'splits, groups and classes of videos',
    'numbers of a box beyond two decimals',
    'who said it and when',
  ],
  detect({ isFolder, files, text }) {
    if (isFolder) {
      const found = files.some((file) => /(^|\/)annotations\/[^/]+\.json$/.test(file))
      return found ? { confidence: 0.6, why: 'it holds a folder annotations with JSON files' } : null
    }
    const found = /^\s*\{/.test(text) && /"items"\s*:/.test(text) && /"categories"\s*:\s*\{\s*("label"|\})/.test(text)
    return found ? { confidence: 0.93, why: 'it has items, and categories with labels' } : null
  },
  async *read(source, { encoding }, reading): AsyncGenerator<Part> {
    for (const file of filesOf(source)) {
      const items = new Items(reading)
      await items.pass(file, encoding, [labelPath, itemPath])
      if (items.isPutOff) await items.pass(file, encoding, [itemPath])
      yield* items.parts()
    }
  },
  *write(contents) {
    yield { path: '', chunks: lines(contents) }
  },
})

function filesOf(source: Source): Source[] {
  if (!source.isFolder) return [source]
  return source
    .files()
    .filter((file) => /(^|\/)annotations\/[^/]+\.json$/.test(file))
    .map((file) => source.open(file))
}

/** What the items of a file come to; where they stand before the labels, they are passed over and read again. */
class Items {
  isPutOff = false
  private readonly labels: string[] = []
  private readonly videos = new Map<string, { boxes: Map<string, PackedBoxes>; video: NeutralVideo; last: number }>()

  constructor(private readonly reading: Reading) {}

  async pass(file: Source, encoding: string, paths: readonly string[]): Promise<void> {
    this.isPutOff = false
    for await (const { path, value } of jsonParts(file, paths, encoding)) {
      if (path[0] === 'categories') this.labels.push(Label.catch({ name: '' }).parse(value).name)
      else if (this.labels.length > 0 || paths.length === 1) this.take(value)
      else this.isPutOff = true
    }
  }

  *parts(): Generator<Part> {
    for (const { video, boxes, last } of this.videos.values()) {
      const end = this.reading.video(video.name)?.frames ?? last + 1
      const tracks = drained(boxes, (key, dense) =>
        trackNamed(key.slice(key.indexOf(' ') + 1), keyframesInOrder(dense.inOrder(), end), {
          name: key.split(' ')[0] ?? null,
        }),
      )
      yield* partsOfVideo(video, tracks)
    }
  }

  private take(value: unknown): void {
    const item = Item.safeParse(value)
    if (!item.success) return this.skip('an item has no id')
    const { name, frame } = placeOf(item.data)
    const own = this.videos.get(name) ?? { boxes: new Map<string, PackedBoxes>(), video: bareVideo(name), last: -1 }
    this.videos.set(name, own)
    if (frame !== null) own.last = Math.max(own.last, frame)
    for (const one of item.data.annotations) {
      this.reading.read(1)
      const shape = Shape.safeParse(one)
      const word = this.labels[shape.data?.label_id ?? -1]
      if (!shape.success || word === undefined) this.skip(`${item.data.id}: an annotation without a label`)
      else if (shape.data.type === 'label') own.video.answers.push(answer(word, valueOf(shape.data.attributes)))
      else if (shape.data.bbox && frame !== null) {
        put(own.boxes, word, { frame, ...shape.data, bbox: shape.data.bbox })
        loseFields(shape.data.attributes, ['track_id', 'occluded', 'keyframe', 'outside'], this.reading)
      } else this.skip(`${item.data.id}: a ${shape.data.type} is no box`)
    }
  }

  private skip(reason: string): void {
    this.reading.note({ kind: 'skipped', line: null, reason })
  }
}

function placeOf({ id, attr }: z.output<typeof Item>): { name: string; frame: number | null } {
  const at = id.lastIndexOf('/')
  const [name, last] =
    at < 0 ? [id.replace(/[_-]?(frame[_-]?)?\d+$/, '') || id, id] : [id.slice(0, at), id.slice(at + 1)]
  if (last === wholeVideo) return { name, frame: null }
  const number = /(\d+)$/.exec(last)?.[1]
  const said = typeof attr.frame === 'number' && Number.isInteger(attr.frame) ? attr.frame : null
  return { name, frame: said ?? (number === undefined ? null : Number(number)) }
}

function valueOf({ value }: Record<string, unknown>) {
  return value === 'absent' || value === 'unsure' ? value : 'present'
}

interface BoxShape {
  frame: number
  bbox: readonly [number, number, number, number]
  attributes: Record<string, unknown>
}

function put(boxes: Map<string, PackedBoxes>, word: string, { frame, bbox: [x, y, w, h], attributes }: BoxShape): void {
  const track =
    typeof attributes.track_id === 'number' || typeof attributes.track_id === 'string'
      ? String(attributes.track_id)
      : `frame${frame}_${boxes.size}`
  const key = `${track} ${word || actorWord}`
  const box = { x1: x, y1: y, x2: x + w, y2: y + h }
  packTo(boxes, key, { frame, box, occluded: attributes.occluded === true })
}

function* lines({ videos, attributes }: Contents): Generator<string> {
  const words = wordsOf({ attributes })
  const labels = words.map((name) => ({ name, parent: '', attributes: [] }))
  const categories = { label: { labels, label_groups: [], attributes: ['occluded'] } }
  yield `{"info":{},"categories":${JSON.stringify(categories)},"items":[`
  let first = true
  for (const video of videos())
    for (const item of itemsOf(video, words)) {
      yield `${first ? '' : ','}\n${JSON.stringify(item)}`
      first = false
    }
  yield '\n]}\n'
}

function* itemsOf(video: NeutralVideo, words: readonly string[]): Generator<unknown> {
  let id = 0
  if (video.answers.length > 0) {
    const annotations = video.answers.map(({ attribute, value }) => {
      return { id: id++, type: 'label', attributes: { value }, group: 0, label_id: words.indexOf(attribute) }
    })
    yield { id: `${video.name}/${wholeVideo}`, annotations, attr: {} }
  }
  const byFrame = new Map<number, unknown[]>()
  for (const [track_id, track] of video.tracks.entries())
    for (const { frame, box, occluded, isKeyframe } of shownFrames(track.keyframes, video.frames ?? 0)) {
      const side = (value: number) => Math.round(value * 100) / 100
      const bbox = [side(box.x1), side(box.y1), side(box.x2 - box.x1), side(box.y2 - box.y1)]
      const attributes = { occluded, track_id, keyframe: isKeyframe }
      const shape = {
        id: id++,
        type: 'bbox',
        attributes,
        group: 0,
        label_id: words.indexOf(wordOf(track)),
        z_order: 0,
        bbox,
      }
      pushTo(byFrame, frame, shape)
    }
  const size = [video.height ?? 0, video.width ?? 0]
  for (const [frame, annotations] of [...byFrame].sort(([a], [b]) => a - b)) {
    const name = `frame_${String(frame).padStart(6, '0')}`
    yield {
      id: `${video.name}/${name}`,
      annotations,
      attr: { frame },
      image: { path: `${video.name}/${name}.jpg`, size },
    }
  }
}
