import { extname } from 'node:path'

/** A thing that lists may name: where it lies, and what it is called after. */
export interface Listable {
  path: string
  stem: string
}

/** Lines of a list that name nothing that is imported, or more than one thing. */
export interface ListMatch {
  paths: Set<string>
  /** `line` counts from 1. What stands there is not told: a list may be any file. */
  unmatched: { line: number; reason: string }[]
}

/** The lines of a list file, without empty ones. Byte-order mark and line ends of any system are understood. */
export function listEntries(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter(Boolean)
}

/**
 * Finds what a list names, one name a line: with or without folders before it, an ending (which may differ from the
 * file's), and a label after it (`Kickflip/Kickflip11.mov 1`). Folders must agree where they tell files apart.
 */
export function matchList(entries: readonly string[], videos: readonly Listable[]): ListMatch {
  const byKey = new Map<string, Listable[]>()
  for (const video of videos)
    for (const key of new Set([fileOf(video.path), video.stem])) byKey.set(key, [...(byKey.get(key) ?? []), video])
  const match: ListMatch = { paths: new Set(), unmatched: [] }
  for (const [index, entry] of entries.entries()) {
    const found = candidates(entry, byKey)
    const [only] = found
    if (found.length === 1 && only) match.paths.add(only.path)
    else match.unmatched.push({ line: index + 1, reason: reasonFor(found.length) })
  }
  return match
}

function reasonFor(count: number): string {
  if (count === 0) return 'No video of this name is among those found.'
  return `${count} videos have this name. Write the folder before it.`
}

function candidates(entry: string, byKey: ReadonlyMap<string, Listable[]>): Listable[] {
  const line = entry.normalize('NFC').replaceAll('\\', '/')
  const bare = line.replace(/[\s,]+-?\d+$/, '')
  for (const text of new Set([line, bare])) {
    const file = text.slice(text.lastIndexOf('/') + 1)
    const folders = text.split('/').slice(0, -1)
    const stem = file.slice(0, file.length - extname(file).length)
    for (const key of new Set([file, stem])) {
      const found = byKey.get(key)
      if (found) return closest(found, folders)
    }
  }
  return []
}

/** Those whose own folders agree with the most of the entry's, from the last on. */
function closest(found: readonly Listable[], folders: readonly string[]): Listable[] {
  const agreement = (video: Listable) => {
    const own = video.path.normalize('NFC').replaceAll('\\', '/').split('/').slice(0, -1)
    let common = 0
    while (common < folders.length && own.at(-1 - common) === folders.at(-1 - common)) common += 1
    return common
  }
  const most = Math.max(...found.map(agreement))
  return found.filter((video) => agreement(video) === most)
}

function fileOf(path: string): string {
  const unified = path.normalize('NFC').replaceAll('\\', '/')
  return unified.slice(unified.lastIndexOf('/') + 1)
}
