import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import type { z } from 'zod'
import type { FolderEntry } from '@shared/contract/system'
import { Failure } from '@shared/failures'

type Entry = z.infer<typeof FolderEntry>

const videoEndings = new Set(
  '.3gp .asf .avi .flv .gif .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .mxf .ogv .rm .seq .ts .vob .webm .wmv'.split(
    ' ',
  ),
)
const order: readonly Entry['kind'][] = ['project', 'folder', 'video', 'other']

/**
 * What a folder on the studio's machine holds: projects and folders first, in the order people count. Hidden entries
 * and what cannot be read are left out.
 * @param roots the only folders that may be shown, each at the top; null for all
 * @throws Failure FOLDER_NOT_FOUND
 */
export async function browse(path: string | undefined, roots: readonly string[] | null = null) {
  if (roots !== null && !path?.trim()) return rootsAsFolder(roots)
  const folder = resolve(path && path.trim() !== '' ? path : homedir())
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (!entries) throw new Failure('FOLDER_NOT_FOUND', { path: folder })
  const shown = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.'))
      .map(async (entry) => {
        const full = join(folder, entry.name)
        const isFolder = entry.isSymbolicLink() ? await leadsToFolder(full) : entry.isDirectory()
        return { name: entry.name, path: full, kind: kindOf(full, isFolder) }
      }),
  )
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  shown.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || collator.compare(a.name, b.name))
  const parent = dirname(folder)
  const above = roots?.includes(folder) ? '' : parent === folder ? null : parent
  return { path: folder, parent: above, entries: shown }
}

/** Where only some folders may be seen, they stand side by side at the top. */
function rootsAsFolder(roots: readonly string[]) {
  return {
    path: '',
    parent: null,
    entries: roots.map((root) => ({ name: root, path: root, kind: kindOf(root, true) })),
  }
}

function kindOf(path: string, isFolder: boolean): Entry['kind'] {
  if (isFolder) return existsSync(join(path, 'project.db')) ? 'project' : 'folder'
  return videoEndings.has(extname(path).toLowerCase()) ? 'video' : 'other'
}

async function leadsToFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ?? false
}
