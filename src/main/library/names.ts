import { Failure } from '@shared/failures'
import { type Match, NameIndex, WordIndex, cleanName } from '@shared/match-names'
import type { Repositories } from '@main/store/repositories'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import type { ClassRow } from '@main/store/repositories/class-repository'
import { folded } from '@main/store/repositories/sort-key'
import type { VideoRecord } from '@main/store/repositories/video-repository'

/** How many names a failure lists. */
const mostKnown = 20

/** Finds things by the names people write, by the one rule for names. */
export class Names {
  constructor(private readonly repositories: Repositories) {}

  /** With or without folders and ending. Throws Failure UNKNOWN_NAME, which lists what a name that fits several may mean. */
  video(name: string): VideoRecord {
    const { videos } = this.repositories
    const exact = videos.byName(cleanName(name))
    if (exact) return exact
    const all = videos.named()
    const index = new NameIndex(all.map((item) => ({ item, name: item.name, path: item.path })))
    return videos.get(only('video', name, { ...index.find(name), all }).id)
  }

  /** Throws Failure UNKNOWN_NAME. */
  class(name: string): ClassRow {
    return named('class', name, this.repositories.classes.rows())
  }

  /** Throws Failure UNKNOWN_NAME. */
  attribute(name: string): AttributeRow {
    return named('attribute', name, this.repositories.attributes.rows())
  }
}

function named<Row extends { name: string }>(kind: string, name: string, all: readonly Row[]): Row {
  return only(kind, name, { ...new WordIndex(all.map((item) => ({ item, name: item.name }))).find(name), all })
}

function only<Row extends { name: string }>(
  kind: string,
  name: string,
  { found, candidates, all }: Match<Row> & { all: readonly Row[] },
): Row {
  if (found) return found
  throw new Failure('UNKNOWN_NAME', { kind, name, known: known(name, candidates.length > 1 ? candidates : all) })
}

/** The names most like the one asked for come first. */
function known(name: string, all: readonly { name: string }[]): string[] {
  const wanted = folded(name)
  const names = all.map((row) => row.name)
  const isLike = (other: string) => folded(other).includes(wanted) || wanted.includes(folded(other))
  return [...names.filter(isLike), ...names.filter((other) => !isLike(other))].slice(0, mostKnown)
}
