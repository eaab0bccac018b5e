/**
 * The one rule by which names in files, lists, options and calls find what they mean: one form of each character (NFC),
 * no blanks around; what is exactly equal comes before what differs in case; of a path, its file decides, and its folders
 * where several files are called alike; an ending may be left out or differ. More than one is a question, never a guess.
 */

/** A thing that can be named. */
export interface Nameable<Item> {
  item: Item
  name: string
  /** Where its file is; forward or backward slashes. */
  path?: string
  /** Of a file's content: counts for more than any name. */
  sha256?: string
}

/** What a name means: one thing; or none; or several, which is a question. */
export interface Match<Item> {
  found: Item | null
  /** Those between which the name does not decide. */
  candidates: readonly Item[]
}

/** An ending of a file: short, with a letter in it, so that "take 1.2" has none. */
const ending = /\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,4}$/i

/** A name as it is kept: one form of each character, half a character marked as such, no blanks around. */
export function cleanName(name: string): string {
  return name.toWellFormed().normalize('NFC').trim()
}

/** A name as it is compared where case does not count. */
export function foldName(name: string): string {
  return cleanName(name).toLowerCase()
}

/** Finds words (classes, attributes), which have neither folders nor endings. */
export class WordIndex<Item> {
  private readonly exact = new Map<string, Item[]>()
  private readonly folded = new Map<string, Item[]>()

  constructor(words: Iterable<{ item: Item; name: string }>) {
    for (const { item, name } of words) this.add(item, name)
  }

  add(item: Item, name: string): void {
    for (const [map, key] of [
      [this.exact, cleanName(name)],
      [this.folded, foldName(name)],
    ] as const)
      map.set(key, [...(map.get(key) ?? []), item])
  }

  all(): Item[] {
    return [...this.exact.values()].flat()
  }

  find(name: string): Match<Item> {
    const candidates = this.exact.get(cleanName(name)) ?? this.folded.get(foldName(name)) ?? []
    const [only] = candidates
    return { found: candidates.length === 1 && only !== undefined ? only : null, candidates }
  }
}

interface Entry<Item> {
  item: Item
  /** Folders it lies in, and those its name begins with. */
  folders: readonly (readonly string[])[]
}

type Index<Item> = Map<string, Entry<Item>[]>

/** Finds things by name. Made once for many names. */
export class NameIndex<Item> {
  private readonly bySha = new Map<string, Item>()
  private readonly byName: Index<Item> = new Map()
  private readonly byFoldedName: Index<Item> = new Map()
  private readonly byFile: Index<Item> = new Map()
  private readonly byFoldedFile: Index<Item> = new Map()

  constructor(things: Iterable<Nameable<Item>>) {
    for (const thing of things) this.add(thing)
  }

  add({ item, name, path, sha256 }: Nameable<Item>): void {
    if (sha256) this.bySha.set(sha256, item)
    const own = segmentsOf(name)
    const lies = path === undefined ? [] : segmentsOf(path)
    const entry = { item, folders: [lies.slice(0, -1), own.slice(0, -1)] }
    put(this.byName, own.join('/'), entry)
    put(this.byFoldedName, fold(own.join('/')), entry)
    const files = [own.at(-1) ?? '', lies.at(-1) ?? ''].flatMap((file) => [file, bare(file)]).filter(Boolean)
    for (const file of new Set(files)) put(this.byFile, file, entry)
    for (const file of new Set(files.map(fold))) put(this.byFoldedFile, file, entry)
  }

  /** What is meant by a name, or by the fingerprint that stands with it. */
  find(name: string, sha256: string | null = null): Match<Item> {
    const same = sha256 === null ? undefined : this.bySha.get(sha256)
    if (same !== undefined) return { found: same, candidates: [same] }
    const segments = segmentsOf(name)
    const folded = segments.map(fold)
    return (
      decided(this.byName.get(segments.join('/'))) ??
      among(this.byFile, segments, (text) => text) ??
      decided(this.byFoldedName.get(folded.join('/'))) ??
      among(this.byFoldedFile, folded, fold) ?? { found: null, candidates: [] }
    )
  }
}

function among<Item>(
  index: Index<Item>,
  segments: readonly string[],
  form: (text: string) => string,
): Match<Item> | null {
  const file = segments.at(-1) ?? ''
  const folders = segments.slice(0, -1)
  for (const key of new Set([file, bare(file)])) {
    const found = index.get(key)
    // Of those whose folders agree as much, letters of another case may still decide.
    if (found) return decided(closest(closest(found, folders, form), folders.map(fold), fold))
  }
  return null
}

/** Those whose folders agree with the most of the name's, from the last on. */
function closest<Item>(
  found: readonly Entry<Item>[],
  folders: readonly string[],
  form: (text: string) => string,
): readonly Entry<Item>[] {
  if (found.length === 1 || folders.length === 0) return found
  const agreement = ({ folders: own }: Entry<Item>) =>
    Math.max(
      ...own.map((some) => {
        let common = 0
        while (common < folders.length && form(some.at(-1 - common) ?? '') === folders.at(-1 - common)) common += 1
        return common
      }),
    )
  const most = Math.max(...found.map(agreement))
  return found.filter((entry) => agreement(entry) === most)
}

function decided<Item>(entries: readonly Entry<Item>[] | undefined): Match<Item> | null {
  if (!entries) return null
  const candidates = [...new Set(entries.map(({ item }) => item))]
  const [only] = candidates
  return { found: candidates.length === 1 && only !== undefined ? only : null, candidates }
}

function put<Item>(index: Index<Item>, key: string, entry: Entry<Item>): void {
  const there = index.get(key)
  if (there) there.push(entry)
  else index.set(key, [entry])
}

function segmentsOf(path: string): string[] {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .map(cleanName)
    .filter((part) => part !== '' && part !== '.')
}

function bare(file: string): string {
  return file.replace(ending, '')
}

function fold(text: string): string {
  return text.toLowerCase()
}
