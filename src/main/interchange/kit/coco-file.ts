import { z } from 'zod'
import { LabelValue } from '@shared/contract/library'
import type { Reading } from '@main/interchange/format'
import type { Source } from '@main/interchange/source/source'
import type { DenseBox } from './dense-track'
import { jsonParts } from './json-stream'
import { loseFields } from './lost-attributes'
import { PackedBoxes } from './packed-boxes'
import { wrongIn } from './wrong-in'

const Id = z.union([z.number(), z.string()]).transform(String)
const Positive = z.number().positive().nullish().catch(null)

const Video = z.object({
  id: Id,
  name: z.string().nullish(),
  file_name: z.string().nullish(),
  file_names: z.array(z.string()).nullish(),
  length: Positive,
  width: Positive,
  height: Positive,
  fps: Positive,
  annotation_fps: Positive,
  attributes: z
    .array(z.object({ attribute: z.string(), value: LabelValue }))
    .nullish()
    .catch(null),
})
const Picture = z.object({
  id: Id,
  video_id: Id.nullish(),
  frame_id: z.int().min(0).nullish(),
  frame_index: z.int().min(0).nullish(),
  file_name: z.string().nullish(),
})
const Category = z.object({ id: Id, name: z.string() })
const TrackRow = z.object({ id: Id, category_id: Id.nullish(), video_id: Id.nullish() })
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const Annotation = z.object({
  id: Id.nullish(),
  image_id: Id.nullish(),
  video_id: Id.nullish(),
  category_id: Id.nullish(),
  instance_id: Id.nullish(),
  track_id: Id.nullish(),
  bbox: Box.nullish(),
  bboxes: z.array(Box.nullable()).nullish(),
  iscrowd: z.union([z.number(), z.boolean()]).nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish().catch(null),
})
type Annotation = z.output<typeof Annotation>

/** An object of a video, box by box. */
interface CocoObject {
  id: string
  category: string
  boxes: PackedBoxes
}

/** The same on its way in: its category may be said later, by its track. */
interface OpenObject {
  id: string
  category: string | null
  track: string | null
  boxes: PackedBoxes
}

export interface CocoVideo {
  name: string
  frames: number | null
  width: number | null
  height: number | null
  fps: number | null
  answers: readonly { attribute: string; value: z.output<typeof LabelValue> }[]
  /** Given once: what is read of one is let go. */
  objects: Iterable<CocoObject>
}

/**
 * The lists of a COCO-like file, whichever order they stand in. Ids are opaque: an image's id is not its frame. Boxes go to
 * their objects as they come; where they stand before the images they belong to, the file is read a second time for them.
 */
export class CocoFile {
  private readonly videosById = new Map<string, z.output<typeof Video>>()
  private readonly pictures = new Map<string, z.output<typeof Picture>>()
  private readonly categories = new Map<string, string>()
  private readonly tracks = new Map<string, z.output<typeof TrackRow>>()
  private readonly objects = new Map<string, Map<string, OpenObject>>()
  private frames: ReadonlyMap<string, { video: string; frame: number }> | null = null
  private isPutOff = false
  private count = 0
  /** What is done with a row of each list; gives what is wrong with it, or null. */
  private readonly lists: Readonly<Record<string, (value: unknown) => string | null>> = {
    videos: rowOf(Video, (video) => this.videosById.set(video.id, video)),
    images: rowOf(Picture, (picture) => this.pictures.set(picture.id, picture)),
    categories: rowOf(Category, ({ id, name }) => this.categories.set(id, name)),
    tracks: rowOf(TrackRow, (track) => this.tracks.set(track.id, track)),
    annotations: rowOf(Annotation, (annotation) => this.place(annotation)),
  }

  private constructor(
    private readonly name: string,
    private readonly reading: Reading,
  ) {}

  static async read(source: Source, encoding: string, reading: Reading): Promise<CocoFile> {
    const file = new CocoFile(source.name.replace(/\.\w+$/, ''), reading)
    await file.pass(source, encoding, Object.keys(file.lists))
    if (!file.isPutOff) return file
    file.isPutOff = false
    await file.pass(source, encoding, ['annotations'])
    return file
  }

  /** Each video with what lies in it. */
  *videos(): Generator<CocoVideo> {
    for (const id of new Set([...this.videosById.keys(), ...this.objects.keys()])) {
      yield this.videoOf(id, this.objectsOf(id))
      this.objects.delete(id)
    }
  }

  private *objectsOf(video: string): Generator<CocoObject> {
    const objects = this.objects.get(video) ?? new Map<string, OpenObject>()
    for (const [key, { id, category, track, boxes }] of objects) {
      objects.delete(key)
      const known = category ?? this.tracks.get(track ?? '')?.category_id ?? ''
      const word = this.categories.get(known) ?? (known ? `category ${known}` : 'object')
      yield { id, category: word, boxes }
    }
  }

  private async pass(source: Source, encoding: string, lists: readonly string[]): Promise<void> {
    const paths = lists.map((list) => `$.${list}.*`)
    for await (const { path, value } of jsonParts(source, paths, encoding)) {
      this.reading.signal.throwIfAborted()
      this.take(String(path[0]), Number(path[1]) + 1, value)
    }
  }

  private place(annotation: Annotation): void {
    this.count++
    if (annotation.image_id && this.pictures.size === 0 && !this.frames) this.isPutOff = true
    if (this.isPutOff) return
    this.reading.read(annotation.bboxes?.length ?? 1)
    if (annotation.iscrowd) this.reading.note({ kind: 'clamped', line: null, reason: 'a crowd is taken as one box' })
    this.frames ??= this.framesOfPictures()
    this.pictures.clear()
    const where = annotation.image_id ? this.frames.get(annotation.image_id) : null
    const track = annotation.track_id ?? null
    const video = where?.video ?? annotation.video_id ?? this.tracks.get(track ?? '')?.video_id ?? null
    const boxes = boxesOf(annotation, where?.frame ?? null)
    loseFields(annotation.attributes, ['occluded', 'keyframe', 'track_id'], this.reading)
    if (video === null) return this.skip('an annotation belongs to no image or video')
    if (boxes.length === 0) return this.skip('an annotation has no box')
    const id = track ?? annotation.instance_id ?? annotation.id ?? `box ${this.count}`
    const category = annotation.category_id ?? null
    const own = this.objects.get(video) ?? new Map<string, OpenObject>()
    this.objects.set(video, own)
    const key = `${id} ${category ?? ''}`
    const object = own.get(key) ?? { id, category, track, boxes: new PackedBoxes() }
    own.set(key, object)
    for (const box of boxes) object.boxes.push(box)
  }

  private take(list: string, position: number, value: unknown): void {
    const wrong = this.lists[list]?.(value)
    if (wrong) this.skip(`${list} ${position}: ${wrong}`)
  }

  /** Frame of each image: as it says, else its place among the natural order of file names of its video. */
  private framesOfPictures(): Map<string, { video: string; frame: number }> {
    const only = this.videosById.size === 1 ? [...this.videosById.keys()][0] : undefined
    const byVideo = Map.groupBy(this.pictures.values(), ({ video_id }) => video_id ?? only ?? this.name)
    const order = new Intl.Collator('en', { numeric: true })
    return new Map(
      [...byVideo].flatMap(([video, pictures]) =>
        pictures
          .sort((a, b) => order.compare(a.file_name ?? a.id, b.file_name ?? b.id))
          .map(({ id, frame_id, frame_index }, i) => [id, { video, frame: frame_id ?? frame_index ?? i }] as const),
      ),
    )
  }

  private videoOf(id: string, objects: Iterable<CocoObject>): CocoVideo {
    const video = this.videosById.get(id)
    const named = video?.name ?? video?.file_name ?? video?.file_names?.[0]?.split('/').slice(0, -1).join('/')
    const sides = { width: video?.width ?? null, height: video?.height ?? null }
    const fps = video?.annotation_fps ?? video?.fps ?? null
    const answers = video?.attributes ?? []
    return { name: named || id, frames: video?.length ?? null, ...sides, fps, answers, objects }
  }

  private skip(reason: string): void {
    this.reading.note({ kind: 'skipped', line: null, reason })
  }
}

function rowOf<S extends z.ZodType>(schema: S, take: (row: z.output<S>) => unknown): (value: unknown) => string | null {
  return (value) => {
    const parsed = schema.safeParse(value)
    if (!parsed.success) return wrongIn(parsed.error)
    take(parsed.data)
    return null
  }
}

function boxesOf({ bbox, bboxes, attributes }: Annotation, frame: number | null): DenseBox[] {
  const occluded = attributes?.occluded === true || attributes?.occluded === 1
  const at = ([x, y, w, h]: z.output<typeof Box>, where: number) => {
    return { frame: where, box: { x1: x, y1: y, x2: x + w, y2: y + h }, occluded }
  }
  if (bboxes) return bboxes.flatMap((one, i) => (one ? [at(one, i)] : []))
  return bbox && frame !== null ? [at(bbox, frame)] : []
}
