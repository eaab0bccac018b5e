import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '@shared/failures'

/** Endings of what is not whole yet, of any process; a start sweeps them away. */
export const unfinishedEnding = '.unfinished'

/** Turns the system's "no space left" into words; anything else goes through as it is. */
export function diskWords<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (isDiskFull(error)) throw new Failure('DISK_FULL', { path }, { cause: error })
    throw error
  }
}

/** No space, no quota, or no room in a file system of fixed size; also as SQLite says it. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL'
}

/**
 * Writes a file so that under its name there is always a whole one, the old or the new, also after a loss of power:
 * beside, to the disk, renamed, and the folder's own entry to the disk.
 * Throws Failure DISK_FULL, and what the system says for others; nothing half done is left.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${process.pid}${unfinishedEnding}`
  try {
    diskWords(file, () => {
      writeFileSync(beside, content, { flush: true })
      place(beside, file)
    })
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Puts a finished file under its name: its bytes are on the disk before its name is. */
export function placeWhole(made: string, file: string): void {
  syncFile(made)
  place(made, file)
}

/**
 * Puts a folder of these files in the place of another one. Under its name there is a whole one at any time but between
 * two renames, and `settleFolder` mends what a crash there leaves.
 */
export function replaceFolder(folder: string, fill: (beside: string) => void): void {
  settleFolder(folder)
  const [beside, old] = [`${folder}.new`, `${folder}.old`]
  rmSync(beside, { recursive: true, force: true })
  try {
    diskWords(folder, () => {
      mkdirSync(beside, { recursive: true })
      fill(beside)
      syncFolder(beside)
    })
  } catch (error) {
    rmSync(beside, { recursive: true, force: true })
    throw error
  }
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(beside, folder)
  syncFolder(dirname(folder))
  rmSync(old, { recursive: true, force: true })
}

/** After a crash between two renames: the folder that was to be replaced comes back under its name. */
export function settleFolder(folder: string): void {
  const old = `${folder}.old`
  if (!existsSync(old)) return
  if (existsSync(folder)) rmSync(old, { recursive: true, force: true })
  else renameSync(old, folder)
}

/** Where a file of a folder is now, for a reader that must not mend: in the folder, or in the one it was to replace. */
export function standing(folder: string, name: string): string {
  return existsSync(folder) ? join(folder, name) : join(`${folder}.old`, name)
}

export function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The entries of a folder to the disk, where the platform can: Windows opens no folders. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function place(beside: string, file: string): void {
  renameSync(beside, file)
  syncFolder(dirname(file))
}
