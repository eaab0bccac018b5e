import type { VideoQuery, VideoRow } from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { type SQL, and, asc, count, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import { attributes, classes, labels, tracks, videos } from '@main/store/database/schema'
import { byName, folded } from './sort-key'

/** Lacks what training needs, or is not what it was. */
export function isProblem(): SQL | undefined {
  return or(ne(videos.status, 'ok'), eq(videos.moved, true), isNull(videos.class), isNull(videos.split))
}

/**
 * The library's rows. Texts are searched in names of videos and classes, every word must be there; classes, splits and
 * states are alternatives; attributes must all be present.
 */
export function listVideos(db: Db, query: Partial<VideoQuery> & { id?: VideoId }): VideoRow[] {
  const answered = db
    .select({
      video: labels.video,
      answers: count().as('answers'),
      present: sql<string | null>`group_concat(case when ${labels.value} = 'present' then ${labels.attribute} end)`.as(
        'present',
      ),
    })
    .from(labels)
    .where(query.id ? eq(labels.video, query.id) : undefined)
    .groupBy(labels.video)
    .as('answered')
  const boxed = db
    .select({ video: tracks.video, tracks: count().as('tracks') })
    .from(tracks)
    .where(query.id ? eq(tracks.video, query.id) : undefined)
    .groupBy(tracks.video)
    .as('boxed')
  const allClasses = db.select().from(classes).all().sort(byName)
  const vocabulary = db.select({ id: attributes.id }).from(attributes).orderBy(attributes.position).all()
  const state = sql<VideoRow['annotation']>`case
    when ${answered.answers} is null and ${boxed.tracks} is null then 'new'
    when ${answered.answers} >= ${vocabulary.length} then 'done'
    else 'partly' end`
  const rows = db
    .select({
      id: videos.id,
      name: videos.name,
      class: videos.class,
      split: videos.split,
      status: videos.status,
      reason: videos.reason,
      frames: videos.frames,
      fps: videos.fps,
      width: videos.width,
      height: videos.height,
      present: answered.present,
      tracks: boxed.tracks,
      annotation: state,
      moved: videos.moved,
    })
    .from(videos)
    .leftJoin(answered, eq(answered.video, videos.id))
    .leftJoin(boxed, eq(boxed.video, videos.id))
    .where(
      and(...conditions(query, allClasses), query.annotation?.length ? inArray(state, query.annotation) : undefined),
    )
    .orderBy(...order(query.sort))
    .all()
  const place = new Map(vocabulary.map(({ id }, i) => [id, i]))
  const list = rows.map(({ present, ...row }) => ({
    ...row,
    tracks: row.tracks ?? 0,
    attributes: inOrder(present, place),
  }))
  return query.sort === 'class' ? byClass(list, allClasses) : list
}

/** In natural order of class; those without one last. */
function byClass(rows: VideoRow[], allClasses: readonly Named[]): VideoRow[] {
  const rank = new Map<VideoRow['class'], number>(allClasses.map(({ id }, i) => [id, i]))
  const last = allClasses.length
  return rows.sort((a, b) => (rank.get(a.class) ?? last) - (rank.get(b.class) ?? last))
}

type Named = { id: ClassId; name: string }

function conditions(query: Partial<VideoQuery> & { id?: VideoId }, allClasses: readonly Named[]) {
  const { id, text = '', classes: ofClasses, splits, attributes: all, problems } = query
  const words = folded(text).split(/\s+/).filter(Boolean)
  return [
    id ? eq(videos.id, id) : undefined,
    // instr, not like: a % or _ in a name means itself.
    ...words.map((word) => {
      const alike = allClasses.filter(({ name }) => folded(name).includes(word)).map(({ id }) => id)
      return or(sql`instr(${videos.folded}, ${word})`, alike.length ? inArray(videos.class, alike) : undefined)
    }),
    ofClasses?.length ? inArray(videos.class, ofClasses) : undefined,
    splits?.length ? inArray(videos.split, splits) : undefined,
    ...(all ?? []).map(
      (attribute) =>
        sql`exists (select 1 from ${labels} where ${labels.video} = ${videos.id}
          and ${labels.attribute} = ${attribute} and ${labels.value} = 'present')`,
    ),
    problems ? isProblem() : undefined,
  ]
}

function order(sort: VideoQuery['sort'] = 'name'): SQL[] {
  const inName = [asc(videos.sortKey), asc(videos.name)]
  if (sort === 'newest') return [desc(videos.importedAt), ...inName]
  return inName
}

function inOrder(present: string | null, place: ReadonlyMap<AttributeId, number>): AttributeId[] {
  const ids = (present?.split(',') ?? []) as AttributeId[]
  return ids.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
}
