import type { AttributeSpan } from '@shared/contract/annotation'
import { owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import type { AttributeId, PersonId, SpanId, VideoId } from '@shared/ids'
import { type SQL, and, asc, eq, exists, inArray, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { labels, spans } from '@main/store/database/schema'
import { chunks } from './chunks'
import { insertMany } from './insert-many'
import { lazily } from './lazily'

/** A span, and the video it is of. */
export interface WholeSpan extends AttributeSpan {
  video: VideoId
}

/** Whose spans of what. */
interface SpanPlace {
  video: VideoId
  attribute: AttributeId
  person: PersonId
}

/** From which frame to which people see attributes, in rising order of frame. */
export class SpanRepository {
  // Every answer that is not "present" asks what goes with it, in bulk edits by the ten thousand.
  private readonly here = lazily(() =>
    this.db
      .select()
      .from(spans)
      .where(
        and(
          eq(spans.video, sql.placeholder('video')),
          eq(spans.attribute, sql.placeholder('attribute')),
          eq(spans.person, sql.placeholder('person')),
        ),
      )
      .orderBy(asc(spans.from))
      .prepare(),
  )

  constructor(private readonly db: Db) {}

  ofVideo(video: VideoId): WholeSpan[] {
    return this.where(eq(spans.video, video))
  }

  ofVideos(videos: readonly VideoId[]): WholeSpan[] {
    return chunks(videos).flatMap((some) => this.where(inArray(spans.video, some)))
  }

  ofAttribute(attribute: AttributeId): WholeSpan[] {
    return this.where(eq(spans.attribute, attribute))
  }

  ofPlace({ video, attribute, person }: SpanPlace): WholeSpan[] {
    return this.here().all({ video, attribute, person })
  }

  /**
   * Those that stand for everybody's: of attributes that everybody's answers come to as present, and where several
   * people marked some, one person's, as with tracks: the owner's, else whose first one is oldest.
   */
  counted(videos: readonly VideoId[]): WholeSpan[] {
    const present = this.db
      .select({ video: labels.video, attribute: labels.attribute })
      .from(labels)
      .where(and(eq(labels.video, spans.video), eq(labels.attribute, spans.attribute), eq(labels.value, 'present')))
    const rows = chunks(videos).flatMap((some) => this.where(and(inArray(spans.video, some), exists(present))))
    const places = Map.groupBy(rows, ({ video, attribute }) => `${video} ${attribute}`)
    return [...places.values()].flatMap((all) => {
      const chosen = chosenOf(all)
      return all.filter(({ person }) => person === chosen)
    })
  }

  find(id: SpanId): WholeSpan | null {
    return this.where(eq(spans.id, id))[0] ?? null
  }

  /** Throws Failure NOT_FOUND. */
  get(id: SpanId): WholeSpan {
    const span = this.find(id)
    if (!span) throw new Failure('NOT_FOUND', { kind: 'span', id })
    return span
  }

  /** Adds spans whose ids nobody has. That they touch no other is for edits to see to. */
  insertAll(rows: readonly WholeSpan[]): void {
    insertMany(this.db, spans, rows)
  }

  remove(ids: readonly SpanId[]): void {
    for (const some of chunks(ids)) this.db.delete(spans).where(inArray(spans.id, some)).run()
  }

  private where(condition: SQL | undefined): WholeSpan[] {
    return this.db.select().from(spans).where(condition).orderBy(asc(spans.video), asc(spans.from), asc(spans.id)).all()
  }
}

function chosenOf(all: readonly WholeSpan[]): PersonId | undefined {
  if (all.some(({ person }) => person === owner.id)) return owner.id
  return all.reduce((oldest, span) => (span.id < oldest.id ? span : oldest)).person
}
