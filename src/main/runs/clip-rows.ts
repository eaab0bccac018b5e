import type { LabelSource, LabelValue, Split } from '@shared/contract/library'
import type { Keyframe } from '@shared/geometry/track'
import type { AttributeId, CampaignId, ClassId, VideoId } from '@shared/ids'
import type { ClipVideo } from '@main/media/clips/clip-reader'
import type { Repositories } from '@main/store/repositories'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import { labelsIn, tracksIn } from './labels-in'

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
  /** How sure it is what is said, by attribute, where that is less than 1. */
  sure?: Readonly<Record<number, number>>
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

/** In which order classes and attributes are numbered, and which answers are taken for true. */
export interface RowsAsked {
  order: ModelOrder
  /** The layer of a campaign; what people say today when left out. */
  layer?: CampaignId | null
  /** What is less sure is taken as unsure. */
  leastSure?: number
}

/** The videos of a split that can be read, in a fixed order. */
export function readableVideos({ videos }: Repositories, split: Split): VideoRecord[] {
  return videos.all().filter((record) => record.split === split && isReadable(record))
}

/** One video, whatever its split. Throws Failure NOT_FOUND. */
export function clipRow(repositories: Repositories, { video, ...how }: { video: VideoId } & RowsAsked): ClipRow | null {
  const record = repositories.videos.get(video)
  return isReadable(record) ? (rowsOf(repositories, { records: [record], ...how })[0] ?? null) : null
}

export function isReadable({ status, proxyFile, frames }: VideoRecord): boolean {
  return status !== 'failed' && proxyFile !== null && frames > 0
}

/** Videos with what is said of them, in their order. */
export function rowsOf(
  repositories: Repositories,
  { records, order, layer = null, leastSure = 0 }: { records: VideoRecord[] } & RowsAsked,
): ClipRow[] {
  const classes = new Map(order.classes.map((id, i) => [id, i]))
  const attributes = new Map(order.attributes.map((id, i) => [id, i]))
  const ids = records.map(({ id }) => id)
  const labels = labelsIn(repositories, layer, ids).map((label) => {
    return label.sure < leastSure ? { ...label, value: 'unsure' as const } : label
  })
  const saidBy = Map.groupBy(labels, ({ video }) => video)
  const boxedBy = Map.groupBy(sureBoxes(tracksIn(repositories, layer, ids), leastSure), ({ video }) => video)
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
  const sureOf = (id: VideoId) => {
    const less = (saidBy.get(id) ?? []).flatMap(({ attribute, sure }) => {
      const number = attributes.get(attribute)
      return number === undefined || sure >= 1 ? [] : [[number, sure] as const]
    })
    return less.length > 0 ? { sure: Object.fromEntries(less) } : {}
  }
  return records.map((record) => ({
    id: record.id,
    name: record.name,
    group: record.group,
    label: (record.class === null ? undefined : classes.get(record.class)) ?? null,
    assigned: said(record, 'present'),
    unsure: said(record, 'unsure'),
    ...sureOf(record.id),
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

/** Boxes of the words of a video of which all are as sure: with some of them missing, the others would mean something else. */
function sureBoxes(tracks: ReturnType<typeof tracksIn>, leastSure: number): ReturnType<typeof tracksIn> {
  const wordOf = ({ video, attribute }: (typeof tracks)[number]) => `${video} ${attribute ?? ''}`
  const unsure = new Set(tracks.filter(({ sure }) => sure < leastSure).map(wordOf))
  return tracks.filter((track) => !unsure.has(wordOf(track)))
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
