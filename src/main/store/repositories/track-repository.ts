import type { Track } from '@shared/contract/annotation'
import type { Split } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { type Keyframe, type KeyframeValue, confirmedOnly } from '@shared/geometry/track'
import type { AttributeId, Frame, PersonId, TrackId, VideoId } from '@shared/ids'
import { type SQL, and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { keyframes, tracks, videos } from '@main/store/database/schema'
import { chunks } from './chunks'
import { insertMany } from './insert-many'

type KeyframeRow = typeof keyframes.$inferSelect

/** A track with its key frames: everything there is of it. */
export interface WholeTrack extends Track {
  video: VideoId
}

/** Boxes that people drew, from key frame to key frame. */
export class TrackRepository {
  constructor(private readonly db: Db) {}

  /** The tracks of a video, oldest first, key frames in rising order. */
  ofVideo(video: VideoId): WholeTrack[] {
    return this.whole(this.db.select().from(tracks).where(eq(tracks.video, video)).orderBy(tracks.id).all())
  }

  /** The same, a few at a time: an import may have brought millions of key frames. */
  *eachOfVideo(video: VideoId): Generator<WholeTrack> {
    const rows = this.db.select().from(tracks).where(eq(tracks.video, video)).orderBy(tracks.id).all()
    for (const some of chunks(rows, 50)) yield* this.whole(some)
  }

  /** Those of them that are trained and measured with, without what is only proposed. */
  counted(videos: readonly VideoId[]): WholeTrack[] {
    const counts = eq(tracks.counts, true)
    return chunks(videos).flatMap((some) =>
      confirmed(
        this.whole(
          this.db
            .select()
            .from(tracks)
            .where(and(inArray(tracks.video, some), counts))
            .orderBy(tracks.id)
            .all(),
        ),
      ),
    )
  }

  /** Everybody who drew one. */
  people(): PersonId[] {
    const rows = this.db.selectDistinct({ person: tracks.person }).from(tracks).all()
    return rows.flatMap(({ person }) => (person === null ? [] : [person]))
  }

  ofVideos(videos: readonly VideoId[]): WholeTrack[] {
    return chunks(videos).flatMap((some) =>
      this.whole(this.db.select().from(tracks).where(inArray(tracks.video, some)).orderBy(tracks.id).all()),
    )
  }

  ofAttribute(attribute: AttributeId): WholeTrack[] {
    return this.whole(this.db.select().from(tracks).where(eq(tracks.attribute, attribute)).orderBy(tracks.id).all())
  }

  /** Mean width and height of each attribute's track in a split, as shares of the shorter side of its picture. */
  sizes(split: Split): { width: number; height: number }[] {
    const share = (side: SQL) => sql`avg(${side} / min(${videos.width}, ${videos.height}))`.mapWith(Number)
    return this.db
      .select({
        width: share(sql`(${keyframes.x2} - ${keyframes.x1})`),
        height: share(sql`(${keyframes.y2} - ${keyframes.y1})`),
      })
      .from(keyframes)
      .innerJoin(tracks, eq(tracks.id, keyframes.track))
      .innerJoin(videos, eq(videos.id, tracks.video))
      .where(
        and(
          eq(videos.split, split),
          eq(tracks.kind, 'attribute'),
          eq(tracks.counts, true),
          eq(keyframes.outside, false),
          eq(keyframes.proposed, false),
        ),
      )
      .groupBy(tracks.id)
      .all()
  }

  find(id: TrackId): WholeTrack | null {
    return this.whole(this.db.select().from(tracks).where(eq(tracks.id, id)).all())[0] ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: TrackId): WholeTrack {
    const track = this.find(id)
    if (!track) throw new Failure('NOT_FOUND', { kind: 'track', id })
    return track
  }

  keyframe(track: TrackId, frame: Frame): KeyframeValue | null {
    const row = this.db
      .select()
      .from(keyframes)
      .where(and(eq(keyframes.track, track), eq(keyframes.frame, frame)))
      .get()
    if (!row) return null
    const { frame: _, ...value } = keyframeOf(row)
    return value
  }

  /** Sets or (null) removes one key frame. The track must be there. */
  setKeyframe(track: TrackId, frame: Frame, value: KeyframeValue | null): void {
    const here = and(eq(keyframes.track, track), eq(keyframes.frame, frame))
    if (!value) return void this.db.delete(keyframes).where(here).run()
    const row = keyframeRow(track, { frame, ...value })
    this.db
      .insert(keyframes)
      .values(row)
      .onConflictDoUpdate({ target: [keyframes.track, keyframes.frame], set: row })
      .run()
  }

  /** Makes these tracks what is given, whatever was there under their ids. */
  putAll(whole: readonly WholeTrack[]): void {
    const ids = whole.map(({ id }) => id)
    for (const some of chunks(ids)) this.db.delete(tracks).where(inArray(tracks.id, some)).run()
    insertMany(
      this.db,
      tracks,
      whole.map(({ id, video, attribute, kind, source, person }) => {
        return { id, video, attribute, kind, source, person, counts: true }
      }),
    )
    const rows = whole.flatMap((track) => track.keyframes.map((keyframe) => keyframeRow(track.id, keyframe)))
    insertMany(this.db, keyframes, rows)
  }

  remove(id: TrackId): void {
    this.db.delete(tracks).where(eq(tracks.id, id)).run()
  }

  private whole(rows: (typeof tracks.$inferSelect)[]): WholeTrack[] {
    const frames = chunks(rows.map(({ id }) => id)).flatMap((ids) =>
      this.db
        .select()
        .from(keyframes)
        .where(inArray(keyframes.track, ids))
        .orderBy(asc(keyframes.track), asc(keyframes.frame))
        .all(),
    )
    const byTrack = Map.groupBy(frames, ({ track }) => track)
    return rows.map(({ counts: _, ...row }) => ({ ...row, keyframes: (byTrack.get(row.id) ?? []).map(keyframeOf) }))
  }
}

/** Tracks as people stand for them; one that is only proposed is none. */
export function confirmed(tracks: readonly WholeTrack[]): WholeTrack[] {
  return tracks.flatMap((track) => {
    const keyframes = confirmedOnly(track.keyframes)
    return keyframes.length > 0 ? { ...track, keyframes } : []
  })
}

function keyframeOf({ frame, x1, y1, x2, y2, outside, occluded, proposed }: KeyframeRow): Keyframe {
  return { frame, box: { x1, y1, x2, y2 }, outside, occluded, ...(proposed && { proposed }) }
}

function keyframeRow(track: TrackId, { frame, box, outside, occluded, proposed = false }: Keyframe): KeyframeRow {
  const { x1, y1, x2, y2 } = box
  return { track, frame, x1, y1, x2, y2, outside, occluded, proposed }
}
