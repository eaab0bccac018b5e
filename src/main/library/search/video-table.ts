import type {
  AnswerCounts,
  Chosen,
  VideoFacets,
  VideoFilter,
  VideoPage,
  VideoPlace,
  VideoQuery,
  VideoWindow,
} from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { type SearchRepository, type VideoFacts, nothingSaid } from '@main/store/repositories/search-repository'
import { type DataSetNumbers, numbersOf } from './data-set-numbers'
import { type Entry, annotationOf, rowOf } from './entry'
import { answersOf, facetsOf } from './facets'
import { inOrder } from './in-order'
import { Matcher, type Vocabulary } from './matcher'

/** Answers kept for who pages through them. */
const mostKept = 8

/** From this many on it is quicker to read what is said of all. */
const mostSingly = 5000

/**
 * What lists, counts and searches need of every video, in memory: a few hundred bytes each. Answers are as fresh as the
 * last `read`.
 */
export class VideoTable {
  private readonly entries = new Map<VideoId, Entry>()
  /** In natural order of name. */
  private inName: readonly Entry[] = []
  private vocabulary: Vocabulary = { classes: [], attributes: [], people: [] }
  private readonly kept = new Map<string, readonly Entry[]>()
  private counted: DataSetNumbers | null = null
  /** Changes dated from here on may be newer than what was read, ms since 1970. */
  private readAt = 0

  constructor(private readonly stored: SearchRepository) {}

  /** Takes over what is stored now of some videos, or of all. The vocabulary is small and always read. */
  read(changed: 'all' | ReadonlySet<VideoId>): void {
    const { stored } = this
    this.vocabulary = { classes: stored.classes(), attributes: stored.attributes(), people: stored.people() }
    this.kept.clear()
    this.counted = null
    if (changed === 'all') return this.readAll()
    const ids = [...changed]
    this.takeFacts(this.stored.facts(ids), ids)
    this.takeSaid(ids)
    this.takeWork(ids, stored.work(ids))
  }

  page(window: VideoWindow): VideoPage {
    const found = this.ordered(window)
    const place = new Map(this.vocabulary.attributes.map(({ id }, i) => [id, i]))
    const rows = found.slice(window.offset, window.offset + window.limit).map((video) => rowOf(video, place))
    return { rows, total: found.length }
  }

  facets(filter: VideoFilter): VideoFacets {
    return facetsOf(this.inName, filter, this.vocabulary)
  }

  place(query: VideoQuery, video: VideoId): VideoPlace {
    const found = this.ordered(query)
    const at = found.findIndex(({ id }) => id === video)
    const words = this.vocabulary.attributes.length
    return {
      index: at < 0 ? null : at,
      total: found.length,
      done: found.reduce((sum, other) => sum + Number(annotationOf(other, words) === 'done'), 0),
      previous: (at > 0 && found[at - 1]?.id) || null,
      next: (at >= 0 && found[at + 1]?.id) || null,
    }
  }

  ids(query: VideoQuery, from: number, to: number): VideoId[] {
    return this.ordered(query)
      .slice(from, to + 1)
      .map(({ id }) => id)
  }

  chosen(chosen: Chosen): VideoId[] {
    return this.entriesOf(chosen).map(({ id }) => id)
  }

  answers(chosen: Chosen): AnswerCounts {
    const gone = Array.isArray(chosen) ? chosen.filter((id) => !this.entries.has(id)) : []
    return { ...answersOf(this.entriesOf(chosen), this.vocabulary), gone }
  }

  numbers(): DataSetNumbers {
    this.counted ??= numbersOf(this.inName, this.vocabulary)
    return this.counted
  }

  private entriesOf(chosen: Chosen): readonly Entry[] {
    if (Array.isArray(chosen)) return [...new Set(chosen)].flatMap((id) => this.entries.get(id) ?? [])
    const except = new Set(chosen.except)
    return this.matching(chosen.filter).filter(({ id }) => !except.has(id))
  }

  private matching(filter: VideoFilter): readonly Entry[] {
    const matcher = new Matcher(filter, this.vocabulary)
    return this.inName.filter((video) => matcher.matches(video))
  }

  private ordered(query: VideoQuery): readonly Entry[] {
    const key = keyOf(query)
    const known = this.kept.get(key)
    if (known) return known
    const found = inOrder(this.matching(query), query, this.vocabulary)
    const [oldest] = this.kept.keys()
    if (this.kept.size >= mostKept && oldest !== undefined) this.kept.delete(oldest)
    this.kept.set(key, found)
    return found
  }

  private readAll(): void {
    this.takeFacts(this.stored.facts(), [...this.entries.keys()])
    const changes = this.stored.changes()
    const readAt = Date.now()
    const stale = this.inName.filter(({ id, at }) => {
      const now = changes.get(id) ?? 0
      // A second change within the same millisecond bears the same date.
      return now !== at || now >= this.readAt
    })
    this.takeSaid(
      stale.map(({ id }) => id),
      changes,
    )
    this.takeWork(this.entries.keys(), this.stored.work())
    this.readAt = readAt
  }

  /** @param asked videos that are gone where no facts came of them */
  private takeFacts(facts: readonly VideoFacts[], asked: readonly VideoId[]): void {
    const there = new Set(facts.map(({ id }) => id))
    const gone = new Set<Entry>()
    for (const id of asked) {
      const entry = this.entries.get(id)
      if (entry && !there.has(id)) gone.add(entry)
    }
    const fresh: Entry[] = []
    for (const own of facts) {
      const known = this.entries.get(own.id)
      if (known?.name === own.name) Object.assign(known, own)
      else {
        if (known) gone.add(known)
        fresh.push({ ...own, ...nothingSaid, at: -1, work: none })
      }
    }
    for (const { id } of gone) this.entries.delete(id)
    for (const entry of fresh) this.entries.set(entry.id, entry)
    if (gone.size > 0) this.inName = this.inName.filter((entry) => !gone.has(entry))
    this.inName = merged(this.inName, fresh.sort(byKey))
  }

  /** Few of a large library: it is read whole, as nothing dates it. */
  private takeWork(ids: Iterable<VideoId>, stored: ReadonlyMap<VideoId, Entry['work']>): void {
    for (const id of ids) {
      const entry = this.entries.get(id)
      if (entry) entry.work = stored.get(id) ?? none
    }
  }

  private takeSaid(ids: readonly VideoId[], changes = this.stored.changes(ids)): void {
    if (ids.length === 0) return
    const said = this.stored.said(ids.length > mostSingly ? undefined : ids)
    for (const id of ids) {
      const entry = this.entries.get(id)
      if (!entry) continue
      Object.assign(entry, said.get(id) ?? nothingSaid, { at: changes.get(id) ?? 0 })
    }
  }
}

const none: Entry['work'] = []

function keyOf({ text, classes, splits, attributes, attributesMatch, work, workOf, ...rest }: VideoQuery): string {
  const { annotation, problems, withoutBoxes, readable, sort, direction } = rest
  const lists = [text, classes, splits, attributes, attributesMatch, work, workOf]
  return JSON.stringify([...lists, annotation, problems, withoutBoxes, readable, sort, direction])
}

/** Both in natural order of name. */
function merged(old: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  if (old.length === 0 || fresh.length === 0) return old.length === 0 ? fresh : old
  const all: Entry[] = []
  let next = 0
  for (const entry of old) {
    for (let other = fresh[next]; other && byKey(other, entry) < 0; other = fresh[++next]) all.push(other)
    all.push(entry)
  }
  return [...all, ...fresh.slice(next)]
}

function byKey(a: Entry, b: Entry): number {
  const [left, right] = a.sortKey === b.sortKey ? [a.name, b.name] : [a.sortKey, b.sortKey]
  return left === right ? 0 : left < right ? -1 : 1
}
