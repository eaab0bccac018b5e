import { type Failure, failureFrom } from '@shared/failures'

/** What the system's own refusals mean, and what to do. */
const systemWords: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder. Check the path.',
  EISDIR: 'This is a folder where a file is needed. Give the name of a file.',
  ENOTDIR: 'A part of this path is a file and not a folder. Choose another path.',
  EACCES: 'This may not be read or written. Change its permissions, or choose another path.',
  EROFS: 'This disk cannot be written to. Choose another path.',
  ENOSPC: 'The disk is full. Make room, then try again.',
  EADDRNOTAVAIL: 'This machine has no such address. Give one of its own with --host.',
}

/** The sentence of a failure, then its particulars, one a line. */
export function inWords(error: unknown, withStack = false): string {
  const failure = failureOf(error)
  if (!failure) {
    if (!(error instanceof Error)) return String(error)
    if (withStack) return error.stack ?? error.message
    const { code, path, address } = error as NodeJS.ErrnoException & { address?: string }
    const known = code === undefined ? undefined : systemWords[code]
    return known ? `${known}\n  ${path ?? address ?? error.message}` : error.message
  }
  const particulars = Object.entries(failure.data as Record<string, unknown>).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') || 'none' : String(value)
    return `  ${name}: ${text}`
  })
  return [failure.message, ...particulars].join('\n')
}

/** The failure of the catalogue that an error is, or null. */
export function failureOf(error: unknown): Failure | null {
  return typeof error === 'object' && error !== null ? failureFrom(error as { code?: unknown; data?: unknown }) : null
}
