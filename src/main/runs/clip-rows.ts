import type { LabelSource, LabelValue, Split } from '@shared/contract/library'
import type { Keyframe } from '@shared/geometry/track'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import type { ClipVideo } from '@main/media/clips/clip-reader'
import type { Repositories } from '@main/store/repositories'
import type { VideoRecord } from '@main/store/repositories/video-repository'

/** A video as learning needs it; numbers stand for classes and attributes in the model's order. */
export interface ClipRow {
  id: VideoId
  name: string
  /** The model's number of the video's class; null where the model does not know it. */
  label: number | null
  /** Videos of one group are of one film, person or place; null for a video of its own. */
  group: string | null
  /** S(x). */
  assigned: number[]
  /** Attributes of which somebody said that they could not say. */
  unsure: number[]
  /** Who said so, by attribute. */
  sources: Readonly<Record<number, LabelSource>>
  tracks: { attribute: number; keyframes: Keyframe[] }[]
  /** Boxes of actors, which are no attribute. */
  actors: Keyframe[][]
  /** Its path is that below the project's folder, until a worker says where it lies there. */
  video: ClipVideo
}

/** Ids in the order of a model's outputs. */
export interface ModelOrder {
  classes: readonly ClassId[]
  attributes: readonly AttributeId[]
}

/** The videos of a split that can be read, in a fixed order. */
export function readableVideos({ videos }: Repositories, split: Split): VideoRecord[] {
  return videos.all().filter((record) => record.split === split && isReadable(record))
}

/** One video, whatever its split. Throws Failure NOT_FOUND. */
export function clipRow(
  repositories: Repositories,
  { video, order }: { video: VideoId; order: ModelOrder },
): ClipRow | null {
  const record = repositories.videos.get(video)
  return isReadable(record) ? (rowsOf(repositories, { records: [record], order })[0] ?? null) : null
}

export function isReadable({ status, proxyFile, frames }: VideoRecord): boolean {
  return status !== 'failed' && proxyFile !== null && frames > 0
}

/** Videos with what is said of them, in their order. */
export function rowsOf(
  { labels, tracks }: Repositories,
  { records, order }: { records: VideoRecord[]; order: ModelOrder },
): ClipRow[] {
  const classes = new Map(order.classes.map((id, i) => [id, i]))
  const attributes = new Map(order.attributes.map((id, i) => [id, i]))
  const ids = records.map(({ id }) => id)
  const saidBy = Map.groupBy(labels.ofVideos(ids), ({ video }) => video)
  const boxedBy = Map.groupBy(tracks.counted(ids), ({ video }) => video)
  const said = ({ id }: VideoRecord, wanted: LabelValue) =>
    (saidBy.get(id) ?? [])
      .filter(({ value }) => value === wanted)
      .flatMap(({ attribute }) => attributes.get(attribute) ?? [])
      .sort((a, b) => a - b)
  const presentIn = (id: VideoId) =>
    (saidBy.get(id) ?? []).flatMap(({ attribute, value, source }) => {
      const number = attributes.get(attribute)
      return number === undefined || value !== 'present' ? [] : [[number, source] as const]
    })
  return records.map((record) => ({
    id: record.id,
    name: record.name,
    group: record.group,
    label: (record.class === null ? undefined : classes.get(record.class)) ?? null,
    assigned: said(record, 'present'),
    unsure: said(record, 'unsure'),
    sources: Object.fromEntries(presentIn(record.id)),
    // Their ids hold chance, and the same data must give the same training: what is in them orders them.
    tracks: (boxedBy.get(record.id) ?? [])
      .flatMap(({ attribute, kind, keyframes }) => {
        const number = attribute === null || kind !== 'attribute' ? undefined : attributes.get(attribute)
        return number === undefined ? [] : [{ attribute: number, keyframes }]
      })
      .sort((a, b) => a.attribute - b.attribute || byPlace(a.keyframes[0], b.keyframes[0])),
    actors: (boxedBy.get(record.id) ?? []).filter(({ kind }) => kind === 'actor').map(({ keyframes }) => keyframes),
    video: videoOf(record),
  }))
}

function byPlace(a: Keyframe | undefined, b: Keyframe | undefined): number {
  if (!a || !b) return 0
  return a.frame - b.frame || a.box.x1 - b.box.x1 || a.box.y1 - b.box.y1
}

function videoOf(record: VideoRecord): ClipVideo {
  const { proxyFile, proxyWidth, proxyHeight, proxyFps, frames, width, height } = record
  return {
    path: `media/${proxyFile ?? ''}`,
    frames,
    width: proxyWidth ?? width,
    height: proxyHeight ?? height,
    fps: proxyFps ?? 1,
    source: { width, height },
  }
}
