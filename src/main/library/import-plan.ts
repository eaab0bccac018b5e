import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ImportOptions, Split } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { cleanName } from '@shared/match-names'
import { nameFault } from '@shared/name'
import { findMedia } from '@main/media/sources/find-media'
import { classOf } from './class-of'
import { type FoundList, findLists } from './find-lists'
import { type Listable, matchList, readListFile } from './split-list'
import { type NamedPath, stemOf, uniqueNames } from './video-names'

/** A video to import, and what is known of it before it is read. */
export interface PlannedVideo {
  /** Absolute. */
  path: string
  name: string
  class: string | null
  split: Split | null
}

export interface ImportPlan {
  found: PlannedVideo[]
  /** Paths passed over and lines of lists that name nothing, each with the reason. */
  skipped: { path: string; reason: string }[]
  /** Those of `skipped` that are lines of lists: they name nothing, several things, or what the other list names too. */
  unlisted: { path: string; reason: string }[]
  /** Lists of train and test videos that lie beside them; offered, never taken unasked. */
  lists: FoundList[]
}

/** What is already in the project: names by the path each video was imported from. */
export type NamesByPath = ReadonlyMap<string, string>

/**
 * Says what an import would bring in, without reading a video: files and folders (all the way down), folders of numbered
 * pictures as one video each, in natural order; names unique in the project; class and split as the options say.
 * Throws Failure NOTHING_TO_IMPORT, or BAD_SETTING for a list that cannot be read.
 */
export async function planImport(options: ImportOptions, there: NamesByPath): Promise<ImportPlan> {
  const { paths, ignored } = await findMedia(options.paths)
  const nameless = paths.flatMap((path) => faultOf(path, options))
  const named = paths.filter((path) => !nameless.some((fault) => fault.path === path))
  const looked = await Promise.all(named.map(look))
  const videos = looked.filter((item) => item !== null)
  const missing = named.filter((_, i) => looked[i] === null)
  const skipped = [
    ...nameless,
    ...missing.map((path) => ({ path, reason: 'There is nothing at this path.' })),
    ...ignored.map((path) => ({ path, reason: 'Not a video: its ending is not one of a video file.' })),
  ]
  if (videos.length === 0) throw new Failure('NOTHING_TO_IMPORT', { paths: options.paths })
  const splits = await splitsOf(options, videos)
  const names = namesOf(videos, there)
  const found = videos.map((video) => ({
    path: video.path,
    name: names.get(video.path) ?? stemOf(video),
    class: (options.class && cleanName(options.class)) || classOf(video.path, stemOf(video), options.classFrom),
    split: splits.of(video.path),
  }))
  const lists = await findLists(options.paths)
  return { found, skipped: [...skipped, ...splits.skipped], unlisted: splits.skipped, lists }
}

/** A file or folder whose name cannot be that of a video or class. */
function faultOf(path: string, options: ImportOptions): { path: string; reason: string }[] {
  const stem = stemOf({ path, isFolder: false })
  const from = options.class ? null : classOf(path, stem, options.classFrom)
  const fault = nameFault(stem)
  if (fault !== null) return [{ path, reason: `It cannot be called after its file: ${fault}. Rename the file.` }]
  const ofClass = from === null ? null : nameFault(from)
  return ofClass === null
    ? []
    : [{ path, reason: `Its class cannot be called after its folder: ${ofClass}. Rename it.` }]
}

async function look(path: string): Promise<NamedPath | null> {
  const found = await stat(path).catch(() => null)
  return found ? { path, isFolder: found.isDirectory() } : null
}

/** A path that is imported again keeps the name it has. */
function namesOf(videos: readonly NamedPath[], there: NamesByPath): Map<string, string> {
  const fresh = videos.filter(({ path }) => !there.has(path))
  const names = uniqueNames(fresh, new Set(there.values()))
  for (const { path } of videos) {
    const name = there.get(path)
    if (name !== undefined) names.set(path, name)
  }
  return names
}

async function splitsOf({ trainList, testList, split }: ImportOptions, videos: readonly NamedPath[]) {
  const listables = videos.map((video) => ({ path: video.path, stem: stemOf(video) }))
  const train = await readList('trainList', trainList, listables)
  const test = await readList('testList', testList, listables)
  const both = [...train.paths].filter((path) => test.paths.has(path))
  return {
    of: (path: string): Split | null => {
      if (test.paths.has(path)) return 'test'
      return train.paths.has(path) ? 'train' : (split ?? null)
    },
    skipped: [
      ...train.unmatched.map(({ line, reason }) => ({
        path: `line ${line}`,
        reason: `In the training list. ${reason}`,
      })),
      ...test.unmatched.map(({ line, reason }) => ({ path: `line ${line}`, reason: `In the test list. ${reason}` })),
      ...both.map((path) => ({ path, reason: 'In both lists, so it is taken for a test video and not trained on.' })),
    ],
  }
}

async function readList(setting: string, file: string | undefined, videos: readonly Listable[]) {
  return matchList(file === undefined ? [] : await readListFile(setting, resolve(file)), videos)
}
