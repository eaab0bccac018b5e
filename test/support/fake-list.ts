import type {
  AnswerCounts,
  AttributeInfo,
  Chosen,
  ClassInfo,
  VideoFacets,
  VideoFilter,
  VideoPage,
  VideoPlace,
  VideoQuery,
  VideoRow,
  VideoWindow,
} from '@shared/contract/library'
import { owner } from '@shared/actor'
import type { VideoId } from '@shared/ids'
import type { Entry } from '@main/library/search/entry'
import { answersOf, facetsOf } from '@main/library/search/facets'
import { inOrder } from '@main/library/search/in-order'
import { Matcher } from '@main/library/search/matcher'
import { folded, sortKey } from '@main/store/repositories/sort-key'

interface Listed {
  videos: readonly VideoRow[]
  classes: readonly ClassInfo[]
  attributes: readonly AttributeInfo[]
}

const people = [{ id: owner.id, name: owner.name }]

/** Rows in memory, found and counted by the studio's own rules. How much is answered is taken from the rows. */
export class FakeList {
  private readonly rows: ReadonlyMap<VideoId, VideoRow>
  private readonly entries: readonly Entry[]

  private readonly state: Listed

  constructor({ videos, classes, attributes }: Listed) {
    const state = { videos, classes, attributes }
    this.state = state
    this.rows = new Map(state.videos.map((row) => [row.id, row]))
    this.entries = state.videos.map((row) => entryOf(row, state))
  }

  /** Whether nothing was changed since it was made. */
  isOf({ videos, classes, attributes }: Listed): boolean {
    return this.state.videos === videos && this.state.classes === classes && this.state.attributes === attributes
  }

  page({ offset, limit, ...query }: VideoWindow): VideoPage {
    const found = this.ids({ ...query, from: 0, to: Infinity })
    const rows = found.slice(offset, offset + limit).flatMap((id) => this.rows.get(id) ?? [])
    return { rows, total: found.length }
  }

  facets(filter: VideoFilter): VideoFacets {
    return facetsOf(this.entries, filter, { ...this.state, people })
  }

  place({ video, ...query }: VideoQuery & { video: VideoId }): VideoPlace {
    const found = this.ids({ ...query, from: 0, to: Infinity })
    const index = found.indexOf(video)
    const done = found.filter((id) => this.rows.get(id)?.annotation === 'done').length
    const beside = { previous: found[index - 1] ?? null, next: (index >= 0 && found[index + 1]) || null }
    return { index: index < 0 ? null : index, total: found.length, done, ...beside }
  }

  ids({ from, to, ...query }: VideoQuery & { from: number; to: number }): VideoId[] {
    return inOrder(this.matching(query), query, this.state)
      .slice(from, to + 1)
      .map(({ id }) => id)
  }

  chosen(chosen: Chosen): VideoId[] {
    if (Array.isArray(chosen)) return chosen.filter((id) => this.rows.has(id))
    return this.matching(chosen.filter).flatMap(({ id }) => (chosen.except.includes(id) ? [] : id))
  }

  answers(chosen: Chosen): AnswerCounts {
    const ids = new Set(this.chosen(chosen))
    const gone = Array.isArray(chosen) ? chosen.filter((id) => !ids.has(id)) : []
    return {
      ...answersOf(
        this.entries.filter(({ id }) => ids.has(id)),
        this.state,
      ),
      gone,
    }
  }

  private matching(filter: VideoFilter): Entry[] {
    const matcher = new Matcher(filter, { ...this.state, people })
    return this.entries.filter((entry) => matcher.matches(entry))
  }
}

/** Answers of "absent" fill up what a row says is answered. */
function entryOf(row: VideoRow, { attributes }: Listed): Entry {
  const others = attributes.filter(({ id }) => !row.attributes.includes(id)).map(({ id }) => id)
  const present = row.annotation === 'new' ? [] : row.attributes
  return {
    ...row,
    ...{ sortKey: sortKey(row.name), folded: folded(row.name), importedAt: 0, at: 0, boxes: row.tracks, boxed: [] },
    ...{ present, absent: row.annotation === 'done' ? others : [], unsure: [] },
    ...{ people: row.annotation === 'new' ? [] : [owner.id], work: [] },
  }
}
