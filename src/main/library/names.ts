import { Failure } from '@shared/failures'
import type { Repositories } from '@main/store/repositories'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import type { ClassRow } from '@main/store/repositories/class-repository'
import { folded } from '@main/store/repositories/sort-key'
import type { VideoRecord } from '@main/store/repositories/video-repository'

/** How many names a failure lists. */
const mostKnown = 20

/** Finds things by the names people write: as stored, in any form of the same characters, in any case. */
export class Names {
  constructor(private readonly repositories: Repositories) {}

  /** Also by name with its file's ending. Throws Failure UNKNOWN_NAME. */
  video(name: string): VideoRecord {
    const { videos } = this.repositories
    const exact = videos.byName(name.normalize('NFC'))
    if (exact) return exact
    const all = videos.all()
    const wanted = folded(name)
    const alike = all.filter((video) => folded(video.name) === wanted)
    const byFile = all.filter((video) => folded(video.path.slice(video.path.lastIndexOf('/') + 1)) === wanted)
    return only('video', name, { found: alike.length > 0 ? alike : byFile, all })
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
  const exact = all.find((row) => row.name === name.trim().normalize('NFC'))
  const alike = all.filter((row) => folded(row.name) === folded(name.trim()))
  return exact ?? only(kind, name, { found: alike, all })
}

function only<Row extends { name: string }>(
  kind: string,
  name: string,
  { found, all }: { found: readonly Row[]; all: readonly Row[] },
): Row {
  const [first, second] = found
  if (first && !second) return first
  throw new Failure('UNKNOWN_NAME', { kind, name, known: known(name, found.length > 1 ? found : all) })
}

/** The names most like the one asked for come first. */
function known(name: string, all: readonly { name: string }[]): string[] {
  const wanted = folded(name)
  const names = all.map((row) => row.name)
  const isLike = (other: string) => folded(other).includes(wanted) || wanted.includes(folded(other))
  return [...names.filter(isLike), ...names.filter((other) => !isLike(other))].slice(0, mostKnown)
}
