import type { Split } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { ClassId, VideoId } from '@shared/ids'
import type { MediaRecord } from '@shared/media'
import { count, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { frameTables, videos } from '@main/store/database/schema'
import { chunks } from './chunks'
import { insertMany } from './insert-many'
import { lazily } from './lazily'
import { folded, sortKey } from './sort-key'

/** A video as it is stored: its facts without the frame table. */
export type VideoRecord = typeof videos.$inferSelect

/** What is said of a video to make its row. */
export interface NewVideo {
  id: VideoId
  name: string
  class: ClassId | null
  split: Split | null
  /** As stored: relative for what lies inside the project folder. */
  path: string
  importedAt: number
  record: MediaRecord
}

/** Timestamps in ms per ordinal (null where there is none) and the ordinals decoded with errors. */
export interface FrameTable {
  timestampsMs: (number | null)[]
  badFrames: number[]
}

/** The videos of a project. */
export class VideoRepository {
  // Every edit of an answer asks for its video.
  private readonly one = lazily(() =>
    this.db
      .select()
      .from(videos)
      .where(eq(videos.id, sql.placeholder('id')))
      .prepare(),
  )

  constructor(private readonly db: Db) {}

  /** Everything stored of all videos, in natural order of name. */
  all(): VideoRecord[] {
    return this.db.select().from(videos).orderBy(videos.sortKey, videos.name).all()
  }

  /** Throws Failure NOT_FOUND. */
  get(id: VideoId): VideoRecord {
    const row = this.find(id)
    if (!row) throw new Failure('NOT_FOUND', { kind: 'video', id })
    return row
  }

  find(id: VideoId): VideoRecord | null {
    return this.one().get({ id }) ?? null
  }

  ofIds(ids: readonly VideoId[]): VideoRecord[] {
    return chunks(ids).flatMap((some) => this.db.select().from(videos).where(inArray(videos.id, some)).all())
  }

  /** Those of `ids` that are there. */
  present(ids: readonly VideoId[]): Set<VideoId> {
    const { id } = videos
    const rows = chunks(ids).flatMap((some) => this.db.select({ id }).from(videos).where(inArray(id, some)).all())
    return new Set(rows.map((row) => row.id))
  }

  /** Names of the next `most` videos after one, in order of id, and where their files lie. */
  places(after: VideoId | null, most: number): Pick<VideoRecord, 'id' | 'name' | 'path' | 'moved'>[] {
    const { id, name, path, moved } = videos
    const rest = after === null ? undefined : gt(id, after)
    return this.db.select({ id, name, path, moved }).from(videos).where(rest).orderBy(id).limit(most).all()
  }

  byName(name: string): VideoRecord | null {
    return this.db.select().from(videos).where(eq(videos.name, name)).get() ?? null
  }

  bySha256(sha256: string): VideoRecord | null {
    return this.db.select().from(videos).where(eq(videos.sha256, sha256)).get() ?? null
  }

  ids(): VideoId[] {
    return this.db
      .select({ id: videos.id })
      .from(videos)
      .all()
      .map(({ id }) => id)
  }

  /** What names are found by, of all videos in natural order of name. */
  named(): Pick<VideoRecord, 'id' | 'name' | 'path'>[] {
    const { id, name, path, sortKey } = videos
    return this.db.select({ id, name, path }).from(videos).orderBy(sortKey, name).all()
  }

  names(): string[] {
    const rows = this.db.select({ name: videos.name }).from(videos).orderBy(videos.sortKey, videos.name).all()
    return rows.map(({ name }) => name)
  }

  idsOfClass(id: ClassId): VideoId[] {
    const rows = this.db.select({ id: videos.id }).from(videos).where(eq(videos.class, id)).orderBy(videos.id).all()
    return rows.map(({ id }) => id)
  }

  frameTable(id: VideoId): FrameTable {
    const row = this.db.select().from(frameTables).where(eq(frameTables.video, id)).get()
    return row
      ? { timestampsMs: timesFrom(row.timestamps), badFrames: row.badFrames }
      : { timestampsMs: [], badFrames: [] }
  }

  insert({ record, ...about }: NewVideo): void {
    this.insertRows([{ ...about, ...namedAs(about.name), ...factsOf(record), group: null, moved: false }])
    this.setFrameTable(about.id, record)
  }

  /** Puts back rows as they were. Their frame tables are still there. */
  insertRows(rows: readonly VideoRecord[]): void {
    insertMany(this.db, videos, rows)
  }

  /** Gives a video the facts of another decode of the same content, at a new place. */
  setMedia(id: VideoId, path: string, record: MediaRecord): void {
    this.db
      .update(videos)
      .set({ path, moved: false, ...factsOf(record) })
      .where(eq(videos.id, id))
      .run()
    this.setFrameTable(id, record)
  }

  /** Gives videos the same class, split, group, path or mark of having moved. */
  set(
    ids: readonly VideoId[],
    values: Partial<Pick<VideoRecord, 'class' | 'split' | 'group' | 'moved' | 'path'>>,
  ): void {
    for (const some of chunks(ids)) this.db.update(videos).set(values).where(inArray(videos.id, some)).run()
  }

  /** Deletes rows with their labels and tracks; frame tables stay for the day they come back. */
  remove(ids: readonly VideoId[]): void {
    for (const some of chunks(ids)) this.db.delete(videos).where(inArray(videos.id, some)).run()
  }

  count(): number {
    return this.db.select({ n: count() }).from(videos).get()?.n ?? 0
  }

  /** Videos that are damaged, have moved, or lack a class or a split. */
  problemCount(): number {
    const lacking = or(ne(videos.status, 'ok'), eq(videos.moved, true), isNull(videos.class), isNull(videos.split))
    return this.db.select({ n: count() }).from(videos).where(lacking).get()?.n ?? 0
  }

  private setFrameTable(video: VideoId, { timestampsMs, badFrames }: MediaRecord): void {
    const row = { video, timestamps: bytesOf(timestampsMs), badFrames }
    this.db.insert(frameTables).values(row).onConflictDoUpdate({ target: frameTables.video, set: row }).run()
  }
}

function namedAs(name: string) {
  return { name, sortKey: sortKey(name), folded: folded(name) }
}

function factsOf({ timestampsMs: _times, badFrames: _bad, proxy, ...facts }: MediaRecord) {
  return {
    ...facts,
    proxyFile: proxy?.file ?? null,
    proxyWidth: proxy?.width ?? null,
    proxyHeight: proxy?.height ?? null,
    proxyFps: proxy?.fps ?? null,
    proxyBytes: proxy?.bytes ?? null,
  }
}

function bytesOf(timestampsMs: readonly (number | null)[]): Buffer {
  const bytes = Buffer.alloc(timestampsMs.length * 8)
  timestampsMs.forEach((time, i) => bytes.writeDoubleLE(time ?? NaN, i * 8))
  return bytes
}

function timesFrom(bytes: Buffer): (number | null)[] {
  return Array.from({ length: bytes.length / 8 }, (_, i) => {
    const time = bytes.readDoubleLE(i * 8)
    return Number.isNaN(time) ? null : time
  })
}
