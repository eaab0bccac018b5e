import type { Split } from '@shared/contract/library'
import type { WorkState } from '@shared/contract/work-state'
import type { AttributeId, ClassId, PersonId, VideoId } from '@shared/ids'
import type { MediaStatus } from '@shared/media'
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@main/store/database/database'
import {
  answers,
  attributes,
  classes,
  keyframes,
  labelChanges,
  labels,
  people,
  tracks,
  videos,
  works,
} from '@main/store/database/schema'
import { chunks } from './chunks'
import { byName } from './sort-key'

/** What a list of videos says of each and sorts by. */
export interface VideoFacts {
  id: VideoId
  name: string
  sortKey: string
  folded: string
  class: ClassId | null
  split: Split | null
  status: MediaStatus
  reason: string | null
  moved: boolean
  frames: number
  fps: number
  width: number
  height: number
  importedAt: number
}

/** The answers of one video by value, and its boxes. */
export interface VideoSaid {
  present: readonly AttributeId[]
  absent: readonly AttributeId[]
  unsure: readonly AttributeId[]
  /** Attributes that have a track. */
  boxed: readonly AttributeId[]
  tracks: number
  /** Visible key frames of attributes' tracks. */
  boxes: number
  /** Who answered or boxed something of it. */
  people: readonly PersonId[]
}

/** How far a person is with a video, where they did more than say something of it. */
export interface PersonsWork {
  person: PersonId
  state: WorkState
}

type Texts = [string, string | null, string | null, string | null]

/** Reads what lists, counts and searches of videos are made of, for some videos or for all at once. */
export class SearchRepository {
  /** One string for each id: 100,000 videos name the same few attributes a million times. */
  private readonly interned = new Map<string, AttributeId>()

  constructor(private readonly db: Db) {}

  /** In natural order of name. */
  facts(ids?: readonly VideoId[]): VideoFacts[] {
    const { id, name, sortKey, folded, split, status, reason, moved, frames, fps, width, height, importedAt } = videos
    const columns = sql`${id}, ${name}, ${sortKey}, ${folded}, ${videos.class}, ${split}, ${status}, ${reason}, ${moved},
      ${frames}, ${fps}, ${width}, ${height}, ${importedAt}`
    return this.some<unknown[]>(
      ids,
      (where) => sql`select ${columns} from ${videos} ${where(sql`${id}`)} order by ${sortKey}, ${name}`,
    ).map(factsOf)
  }

  /** A video of which nothing is said is left out. */
  said(ids?: readonly VideoId[]): Map<VideoId, VideoSaid> {
    const found = new Map<VideoId, VideoSaid>()
    for (const [id, present, absent, unsure] of this.answers(ids))
      found.set(id as VideoId, { ...nothingSaid, ...this.lists({ present, absent, unsure }) })
    for (const [id, count, boxed] of this.tracks(ids))
      found.set(id as VideoId, {
        ...(found.get(id as VideoId) ?? nothingSaid),
        tracks: count,
        ...this.lists({ boxed }),
      })
    for (const [id, boxes] of this.boxes(ids)) {
      const own = found.get(id as VideoId)
      if (own) found.set(id as VideoId, { ...own, boxes })
    }
    for (const [id, of] of this.sayers(ids)) {
      const own = found.get(id as VideoId) ?? nothingSaid
      const people = [...new Set([...own.people, ...of.split(',')])] as PersonId[]
      found.set(id as VideoId, { ...own, people })
    }
    return found
  }

  /** What people did beside saying something; of which nobody did anything is left out. */
  work(ids?: readonly VideoId[]): Map<VideoId, PersonsWork[]> {
    const { video, person, state } = works
    const rows = this.some<[VideoId, PersonId, WorkState]>(
      ids,
      (where) => sql`select ${video}, ${person}, ${state} from ${works} ${where(sql`${video}`)}`,
    )
    const grouped = Map.groupBy(rows, ([id]) => id)
    return new Map([...grouped].map(([id, all]) => [id, all.map(([, who, how]) => ({ person: who, state: how }))]))
  }

  /** Everybody who worked in the project. */
  people(): { id: PersonId; name: string }[] {
    return this.db.select({ id: people.id, name: people.name }).from(people).all()
  }

  /** When each video's class, labels or boxes last changed; of which that never did is left out. */
  changes(ids?: readonly VideoId[]): Map<VideoId, number> {
    const { video, at } = labelChanges
    return new Map(
      this.some<[VideoId, number]>(
        ids,
        (where) => sql`select ${video}, ${at} from ${labelChanges} ${where(sql`${video}`)}`,
      ),
    )
  }

  /** In natural order of name. */
  classes(): { id: ClassId; name: string }[] {
    return this.db.select().from(classes).all().sort(byName)
  }

  /** In the vocabulary's order. */
  attributes(): { id: AttributeId; name: string }[] {
    const { id, name, position } = attributes
    const rows = this.db.select({ id, name }).from(attributes).orderBy(position).all()
    // Look-ups of a string that is the very same one are several times as quick.
    return rows.map((row) => ({ ...row, id: this.one(row.id) }))
  }

  private answers(ids?: readonly VideoId[]): Texts[] {
    const of = (value: string) => sql`group_concat(case ${labels.value} when ${value} then ${labels.attribute} end)`
    return this.some<Texts>(
      ids,
      (where) => sql`select ${labels.video}, ${of('present')}, ${of('absent')}, ${of('unsure')} from ${labels}
        ${where(sql`${labels.video}`)} group by ${labels.video}`,
    )
  }

  /** Each video with the ids of who answered or boxed something of it; a video may come twice. */
  private sayers(ids?: readonly VideoId[]): [string, string][] {
    const of = (table: typeof answers | typeof tracks) =>
      this.some<[string, string]>(
        ids,
        (where) => sql`select ${table.video}, group_concat(distinct ${table.person}) from ${table}
          ${where(sql`${table.video}`)} group by ${table.video}`,
      )
    return [...of(answers), ...of(tracks)]
  }

  private tracks(ids?: readonly VideoId[]): [string, number, string | null][] {
    const { video, attribute } = tracks
    return this.some(
      ids,
      (where) => sql`select ${video}, count(*), group_concat(distinct ${attribute}) from ${tracks}
        ${where(sql`${video}`)} group by ${video}`,
    )
  }

  private boxes(ids?: readonly VideoId[]): [string, number][] {
    const { id, video, kind } = tracks
    const inTrack = sql`(select count(*) from ${keyframes} where ${keyframes.track} = ${id} and ${keyframes.outside} = 0)`
    return this.some(
      ids,
      (where) => sql`select ${video}, sum(${inTrack}) from ${tracks}
        ${where(sql`${video}`)} ${ids ? sql`and` : sql`where`} ${kind} = 'attribute' and ${tracks.counts} = 1 group by ${video}`,
    )
  }

  /** @param query is given what makes the condition on the column that names the video */
  private some<Row extends unknown[]>(
    ids: readonly VideoId[] | undefined,
    query: (where: (video: SQL) => SQL) => SQL,
  ): Row[] {
    if (!ids) return this.db.values<Row>(query(() => sql``))
    return chunks(ids).flatMap((few) => this.db.values<Row>(query((video) => sql`where ${video} in ${few}`)))
  }

  private lists<Key extends string>(texts: Record<Key, string | null>): Record<Key, readonly AttributeId[]> {
    const entries = Object.entries<string | null>(texts).map(([key, text]) => [key, text ? this.ids(text) : none])
    return Object.fromEntries(entries) as Record<Key, readonly AttributeId[]>
  }

  private ids(text: string): AttributeId[] {
    return text.split(',').map((id) => this.one(id))
  }

  private one(id: string): AttributeId {
    const known = this.interned.get(id)
    if (known) return known
    this.interned.set(id, id as AttributeId)
    return id as AttributeId
  }
}

const none: readonly AttributeId[] = []
export const nothingSaid: VideoSaid = {
  ...{ present: none, absent: none, unsure: none, boxed: none },
  ...{ tracks: 0, boxes: 0, people: [] },
}

function factsOf(row: readonly unknown[]): VideoFacts {
  const [id, name, sortKey, folded, of, split, status, reason, moved, frames, fps, width, height, importedAt] = row
  const facts = { id, name, sortKey, folded, class: of, split, status, reason, moved: moved === 1 }
  return { ...facts, frames, fps, width, height, importedAt } as VideoFacts
}
