import { readFile, stat } from 'node:fs/promises'
import { Failure } from '@shared/failures'
import { NameIndex } from '@shared/match-names'
import { findInList } from '@main/interchange/kit/list-line'
import { decoderFor } from '@main/interchange/source/text'

/** A million names of ordinary length, bytes. */
const largestList = 64 << 20

/** A thing that lists may name: where it lies, and what it is called after. */
export interface Listable {
  path: string
  stem: string
}

/** A line of a list that names nothing that is imported, or more than one thing. */
export interface Unlisted {
  /** In the file, from 1. What stands there is not told: a list may be any file. */
  line: number
  reason: string
}

export interface ListMatch {
  paths: Set<string>
  unmatched: Unlisted[]
}

export interface ListEntry {
  entry: string
  line: number
}

/** Reads a list file. Rejects with Failure BAD_SETTING where it is not there or is no text. */
export async function readListFile(setting: string, file: string): Promise<ListEntry[]> {
  const found = await stat(file).catch(() => null)
  const refuse = (reason: string): never => {
    throw new Failure('BAD_SETTING', { setting, reason: `${file}: ${reason}` })
  }
  if (found && !found.isFile()) refuse('it is not a plain file')
  if (found && found.size > largestList) refuse('it is too long')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : 'the file cannot be read'
    throw new Failure('BAD_SETTING', { setting, reason: `${file}: ${reason}` }, { cause: error })
  })
  const decode = decoderFor(file, bytes)
  return listEntries(decode(bytes) + decode())
}

/** The lines of a list file, without empty ones. Byte-order mark and line ends of any system are understood. */
export function listEntries(text: string): ListEntry[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ entry: line.trim(), line: i + 1 }))
    .filter(({ entry }) => entry.replace(/[\s,;"]/g, '') !== '')
}

/** Finds what a list names, one name a line, by the one rule for names; labels and numbers may follow. */
export function matchList(entries: readonly ListEntry[], videos: readonly Listable[]): ListMatch {
  const index = new NameIndex(videos.map((item) => ({ item, name: item.stem, path: item.path })))
  const match: ListMatch = { paths: new Set(), unmatched: [] }
  for (const { entry, line } of entries) {
    const { found, candidates } = findInList(entry, index)
    if (found) match.paths.add(found.path)
    else match.unmatched.push({ line, reason: reasonFor(candidates.length) })
  }
  return match
}

function reasonFor(count: number): string {
  if (count === 0) return 'No video of this name is among those found.'
  return `${count} videos have this name. Write the folder before it.`
}
