import { dirname } from 'node:path'
import { Failure } from '@shared/failures'
import { isDiskFull } from '@main/files/write-whole'

const folderCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/**
 * Runs something that reads or writes a project file and turns what SQLite and the file system say into the catalogue's
 * failures: DATABASE_BUSY, PROJECT_DAMAGED, DISK_FULL, FOLDER_NOT_WRITABLE. Anything else goes through as it is.
 */
export function translated<T>(file: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw fileFailure(file, error) ?? error
  }
}

/** The same for an error that was caught: the failure it is, or itself. */
export function translatedError(file: string, error: unknown): unknown {
  return fileFailure(file, error) ?? error
}

function fileFailure(file: string, error: unknown): Failure | null {
  if (error instanceof Failure || !(error instanceof Error)) return null
  const code = String((error as { code?: unknown }).code ?? '')
  const reason = error.message
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new Failure('DATABASE_BUSY', { path: file }, { cause: error })
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code))
    return new Failure('PROJECT_DAMAGED', { path: file, reason }, { cause: error })
  if (isDiskFull(error)) return new Failure('DISK_FULL', { path: dirname(file) }, { cause: error })
  const denied = /^SQLITE_(READONLY|CANTOPEN|PERM|IOERR)/.test(code) || folderCodes.has(code)
  return denied ? new Failure('FOLDER_NOT_WRITABLE', { path: dirname(file), reason }, { cause: error }) : null
}
