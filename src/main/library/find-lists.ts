import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Split } from '@shared/contract/library'

/** A text file that looks like a list of the videos of a split. */
export interface FoundList {
  /** Absolute. */
  path: string
  split: Split
}

/** Most lists that are offered. */
const most = 12

const isList = /\.(txt|csv|tsv|list|lst)$/i

/**
 * Lists of training and test videos that lie beside what is imported: in the folders named, in those of the files named,
 * and one folder up, where data sets often keep them. Only names are looked at.
 */
export async function findLists(paths: readonly string[]): Promise<FoundList[]> {
  const folders = new Set<string>()
  for (const path of paths.map((one) => resolve(one))) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isFolder) folders.add(path)
    folders.add(dirname(path))
  }
  const found: FoundList[] = []
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter((one) => isList.test(one)).sort()) {
      const split = splitOf(name)
      if (split) found.push({ path: join(folder, name), split })
    }
  }
  return found.slice(0, most)
}

/** A name that speaks of both, or of neither, says nothing. */
function splitOf(name: string): Split | null {
  const [train, test] = [/train/i.test(name), /test|val/i.test(name)]
  if (train === test) return null
  return train ? 'train' : 'test'
}
