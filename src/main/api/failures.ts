import { ORPCError, ValidationError } from '@orpc/server'
import type { Actor } from '@shared/actor'
import { Failure, failures } from '@shared/failures'
import { seenBy, wordsSeenBy } from './seen-by'

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

/**
 * An interceptor for any transport's handler: everything that leaves the studio, answers and failures, as who asks may see
 * it.
 */
export function answering(logUnknown: LogUnknown) {
  return async <T>({ next, path, context: { actor } }: Answering<T>): Promise<T> => {
    try {
      return seenBy(actor, await next())
    } catch (error) {
      const { code, status, message, data, defined, cause } = contractError(error, path.join('.'), logUnknown)
      const seen = { message: wordsSeenBy(actor, message), data: seenBy(actor, data) }
      throw new ORPCError(code, { defined, status, ...seen, cause })
    }
  }
}

interface Answering<T> {
  next: () => Promise<T>
  path: readonly string[]
  context: { actor: Actor }
}
