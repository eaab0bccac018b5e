import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Failure } from '@shared/failures'
import type { VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { openSource } from './source/open-source'

/** What an archive holds. `films` counts videos whose files are in it; `missing` names those that were not found. */
export interface PackReport {
  out: string
  videos: number
  films: number
  missing: string[]
}

interface Film {
  id: VideoId
  name: string
  /** Where it lies now. */
  from: string
  /** Where it lies in the archive, and in the project that is unpacked. */
  to: string
}

/** A project as it is, beside the formats that hold its data: as forms and scripts name it. */
export const wholeProject = {
  name: 'project',
  title: 'The whole project (zip)',
  extensions: ['.zip'],
  losses: ['backups and exports'],
  options: z.object({
    films: z
      .boolean()
      .default(false)
      .meta({ title: 'With the films', description: 'Also the films, wherever they lie', on: 'write' }),
  }),
}

/** What belongs to a project beside its database; backups and exports stay behind. */
const folders = ['media', 'runs', 'sources']
/** Films and previews are pressed already. */
const pressed = /\.(mp4|mov|avi|mkv|webm|jpe?g|png|webp|zip|seq)$/i

/**
 * Writes a whole project as one zip: database with undo, previews, runs and, if wanted, the films, which the unpacked
 * project then finds inside itself. Nothing stands under the name before all is written.
 * Rejects with Failure FOLDER_NOT_WRITABLE, INTERRUPTED.
 */
export async function packProject(
  project: Project,
  out: string,
  { withFilms, signal }: { withFilms: boolean; signal: AbortSignal },
): Promise<PackReport> {
  const { found, missing } = withFilms ? await filmsOf(project) : { found: [], missing: [] }
  const copy = `${out}.db`
  const beginning = `${out}.part`
  try {
    await mkdir(dirname(out), { recursive: true })
    project.copyTo(copy, new Map(found.map(({ id, to }) => [id, to])))
    const zip = new ZipFile()
    zip.addFile(copy, 'project.db')
    for (const folder of folders) await addAll(zip, join(project.folder, folder), folder)
    for (const { from, to } of found) await addAll(zip, from, to)
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(beginning), { signal })
    await rename(beginning, out)
  } catch (error) {
    await rm(beginning, { force: true })
    if (signal.aborted) throw new Failure('INTERRUPTED', {}, { cause: error })
    if (error instanceof Failure) throw error
    throw new Failure('FOLDER_NOT_WRITABLE', { path: out, reason: String(error) }, { cause: error })
  } finally {
    await rm(copy, { force: true })
  }
  return { out, videos: project.repositories.videos.count(), films: found.length, missing }
}

/**
 * Makes a project folder of an archive. Nothing is left behind when it fails.
 * Rejects with Failure PATH_NOT_FOUND, PROJECT_EXISTS, PROJECT_NOT_FOUND for a zip of something else, BAD_SETTING for a
 * broken one.
 */
export async function unpackProject(archive: string, folder: string): Promise<void> {
  const source = await openSource(archive)
  const beginning = `${folder}.part`
  try {
    if (!source.files().includes('project.db')) throw new Failure('PROJECT_NOT_FOUND', { path: archive })
    if ((await readdir(folder).catch(() => [])).length > 0) throw new Failure('PROJECT_EXISTS', { path: folder })
    for (const path of source.files()) {
      const to = join(beginning, path)
      await mkdir(dirname(to), { recursive: true })
      await pipeline(source.open(path).stream(), createWriteStream(to))
    }
    await rm(folder, { recursive: true, force: true })
    await rename(beginning, folder)
  } catch (error) {
    await rm(beginning, { recursive: true, force: true })
    throw error
  } finally {
    source.close()
  }
}

/** Films outside the project; those inside are packed with it. */
async function filmsOf({ repositories, paths }: Project): Promise<{ found: Film[]; missing: string[] }> {
  const outside = repositories.videos.all().filter(({ path }) => paths.absolute(path) === path)
  const found: Film[] = []
  const missing: string[] = []
  for (const [i, { id, name, path }] of outside.entries()) {
    const to = `sources/packed/${i}/${basename(path)}`
    if (await stat(path).catch(() => null)) found.push({ id, name, from: path, to })
    else missing.push(name)
  }
  return { found, missing }
}

async function addAll(zip: ZipFile, from: string, to: string): Promise<void> {
  const about = await stat(from).catch(() => null)
  if (!about) return
  if (about.isFile()) return zip.addFile(from, to, { compress: !pressed.test(extname(from)) })
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    zip.addFile(path, `${to}/${relative(from, path).split(sep).join('/')}`, { compress: !pressed.test(path) })
  }
}
