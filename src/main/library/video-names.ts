import { basename, dirname, extname } from 'node:path'
import { freeName } from '@main/store/database/free-name'

/** A thing to import and whether it is a folder of pictures, whose name has no ending to take off. */
export interface NamedPath {
  path: string
  isFolder: boolean
}

/** How many folders a name may begin with to tell videos apart. */
const mostFolders = 3

/** What a video is called after: the file's name without its ending, in one form of each character. */
export function stemOf({ path, isFolder }: NamedPath): string {
  const file = basename(path)
  return (isFolder ? file : basename(file, extname(file))).normalize('NFC').trim()
}

/**
 * Names for videos, unique among themselves and among those `taken`: the file's name without its ending; where several
 * share it, with as many folders before it as tell them apart (`a/clip`, `b/clip`); in one folder, with their endings.
 * @returns by path
 */
export function uniqueNames(videos: readonly NamedPath[], taken: ReadonlySet<string>): Map<string, string> {
  const names = new Map<string, string>()
  const used = new Set(taken)
  let waiting = [...videos]
  for (let level = 0; level <= mostFolders + 1; level++) {
    const groups = Map.groupBy(waiting, (video) => nameAt(video, level))
    waiting = []
    for (const [name, some] of groups) {
      const [only] = some
      if (some.length === 1 && only && !used.has(name)) {
        names.set(only.path, name)
        used.add(name)
      } else waiting.push(...some)
    }
  }
  for (const video of waiting) {
    const name = freeName(nameAt(video, 1), (name) => used.has(name))
    names.set(video.path, name)
    used.add(name)
  }
  return names
}

/** The name with `level` folders before it; one level beyond the last, the file's whole name instead. */
function nameAt(video: NamedPath, level: number): string {
  if (level > mostFolders) return basename(video.path).normalize('NFC')
  return [...foldersOf(video.path, level), stemOf(video)].join('/')
}

function foldersOf(path: string, count: number): string[] {
  const folders: string[] = []
  for (let at = dirname(path); folders.length < count && basename(at) !== ''; at = dirname(at))
    folders.unshift(basename(at).normalize('NFC').trim())
  return folders
}
