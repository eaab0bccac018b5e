import { ORPCError } from '@orpc/client'
import { failureFrom } from '@shared/failures'

/** A failure as the screen tells it: what and why, what to do, and the particulars. */
export interface Trouble {
  code: string
  /** The first sentence. */
  what: string
  /** The rest: why, and what to do. */
  advice: string
  /** Which one, one line each. */
  particulars: string[]
}

/** Anything thrown or stored, in words; an unknown error shows its own. */
export function troubleOf(error: unknown): Trouble {
  const given = error instanceof Error || isRecord(error) ? (error as { code?: unknown; data?: unknown }) : {}
  const failure = failureFrom(given)
  if (failure) return { code: failure.code, ...sentences(failure.message), particulars: particularsOf(failure.data) }
  const message = isRecord(error) && typeof error.message === 'string' ? error.message : String(error)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST')
    return {
      code: error.code,
      what: 'A value is outside its bounds.',
      advice: 'Correct it and try again.',
      particulars: issuesOf(error.data),
    }
  return { code: 'UNKNOWN', what: message, advice: 'Try again; reload the window if it stays.', particulars: [] }
}

/** All of it as text, to be copied. */
export function detailsOf({ code, what, advice, particulars }: Trouble): string {
  return [`${code}: ${what} ${advice}`, ...particulars].join('\n')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function sentences(message: string): { what: string; advice: string } {
  const end = /[.!?;](?=\s)/.exec(message)
  if (!end) return { what: message, advice: '' }
  const what = message.slice(0, end.index)
  return { what: `${what}.`, advice: upperFirst(message.slice(end.index + 1).trim()) }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function particularsOf(data: object): string[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return []
    return [`${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`]
  })
}

function issuesOf(data: unknown): string[] {
  const issues = isRecord(data) && Array.isArray(data.issues) ? data.issues : []
  return issues.filter(isRecord).map((issue) => {
    const path = Array.isArray(issue.path) ? issue.path.join('.') : ''
    return `${path}: ${String(issue.message)}`
  })
}
