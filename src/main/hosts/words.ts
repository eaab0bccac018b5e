import { type Failure, failureFrom } from '@shared/failures'

/** The sentence of a failure, then its particulars, one a line. */
export function inWords(error: unknown, withStack = false): string {
  const failure = failureOf(error)
  if (!failure) {
    if (!(error instanceof Error)) return String(error)
    return withStack ? (error.stack ?? error.message) : error.message
  }
  const particulars = Object.entries(failure.data as Record<string, unknown>).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    return `  ${name}: ${text}`
  })
  return [failure.message, ...particulars].join('\n')
}

/** The failure of the catalogue that an error is, or null. */
export function failureOf(error: unknown): Failure | null {
  return typeof error === 'object' && error !== null ? failureFrom(error as { code?: unknown; data?: unknown }) : null
}
