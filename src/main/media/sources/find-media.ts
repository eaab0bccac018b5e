import { readdir, stat } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { numberedPictures } from './picture-folder'

/** What was found to import, and what was passed over in folders because nothing about it looks like a video. */
export interface FoundMedia {
  /** Absolute; files, and folders that hold numbered pictures. */
  paths: string[]
  /** Absolute. */
  ignored: string[]
}

const videoEndings = new Set(
  '.3gp .asf .avi .divx .dv .flv .gif .h264 .hevc .m2ts .m2v .m4v .mjpeg .mjpg .mkv .mov .mp4 .mpeg .mpg .mts .mxf .ogm .ogv .rm .rmvb .seq .ts .vob .webm .wmv'.split(
    ' ',
  ),
)

/**
 * The videos below the given files and folders, in natural order, each once. Files that are named are taken whatever
 * they are called; in folders only those with a video's ending. A folder with at least two numbered pictures and no
 * video is one film.
 */
export async function findMedia(paths: readonly string[]): Promise<FoundMedia> {
  const found: FoundMedia = { paths: [], ignored: [] }
  for (const path of paths.map((path) => resolve(path))) {
    const isFolder = await stat(path).then(
      (there) => there.isDirectory(),
      () => false,
    )
    if (isFolder) await findIn(path, found)
    else found.paths.push(path)
  }
  return { ...found, paths: [...new Set(found.paths)] }
}

async function findIn(folder: string, found: FoundMedia): Promise<void> {
  const listed = await readdir(folder, { withFileTypes: true }).catch(() => null)
  // Becomes a row that says it cannot be read.
  if (!listed) return void found.paths.push(folder)
  const order = new Intl.Collator('en', { numeric: true })
  const entries = listed
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => order.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
  // Pipes, sockets and devices are no videos, whatever they are called.
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name)
  const videos = files.filter((name) => videoEndings.has(extname(name).toLowerCase()))
  const film = videos.length === 0 && numberedPictures(files).names.length > 1
  if (film) found.paths.push(folder)
  else found.paths.push(...videos.map((name) => join(folder, name)))
  const others = files.filter((name) => !film && !videos.includes(name))
  found.ignored.push(...others.map((name) => join(folder, name)))
  for (const entry of entries) if (entry.isDirectory()) await findIn(join(folder, entry.name), found)
}
