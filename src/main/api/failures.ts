import { ORPCError, ValidationError } from '@orpc/server'
import { Failure, failures } from '@shared/failures'

/** Writes an error that nobody foresaw to the log and returns the id it has there. */
export type LogUnknown = (error: unknown, what: string) => string

/**
 * What a call failed with, as the contract has it: failures of the catalogue keep their code and data, an input outside
 * its bounds is BAD_SETTING, everything else is INTERNAL with the id of its log entry.
 */
export function contractError(error: unknown, what: string, logUnknown: LogUnknown): ORPCError<string, unknown> {
  if (error instanceof Failure) return typed(error)
  if (error instanceof ORPCError) {
    if (error.defined) return error
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) return typed(badSetting(error.cause))
    if (error.status < 500) return error
  }
  const reason = error instanceof Error ? error.message : String(error)
  return typed(new Failure('INTERNAL', { id: logUnknown(error, what), reason }, { cause: error }))
}

function typed(failure: Failure): ORPCError<string, unknown> {
  const { code, message, data, cause } = failure
  return new ORPCError(code, { defined: true, status: failures[code].status, message, data, cause })
}

function badSetting({ issues }: ValidationError): Failure {
  const [first] = issues
  const path = (first?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))
  const reason = issues.map((issue) => issue.message).join('; ')
  return new Failure('BAD_SETTING', { setting: path.join('.') || 'input', reason })
}

/** An interceptor for any transport's handler. */
export function reportFailures(logUnknown: LogUnknown) {
  return async <T>({ next, path }: { next: () => Promise<T>; path: readonly string[] }): Promise<T> => {
    try {
      return await next()
    } catch (error) {
      throw contractError(error, path.join('.'), logUnknown)
    }
  }
}
