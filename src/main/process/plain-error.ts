import { Failure, failureFrom } from '@shared/failures'

/** An error as plain data, which a border between processes or threads lets through. */
export interface PlainError {
  /** Which kind of error, for those that are more than words. */
  kind?: string
  data?: unknown
  message: string
  stack?: string
}

/** A kind of error that stays what it is across a border. */
export interface ErrorKind {
  name: string
  /** What makes it anew; null where the error is of another kind. */
  dataOf: (error: Error) => unknown
  /** Null where the data is not what it should be. */
  make: (data: unknown) => Error | null
}

/** Failures of the catalogue, with their code and data. */
const failureKind: ErrorKind = {
  name: 'Failure',
  dataOf: (error) => (error instanceof Failure ? { code: error.code, data: error.data } : null),
  make: (data) => failureFrom(data as { code?: unknown; data?: unknown }),
}

/** An error for the other side. `kinds` are those known to both sides, beside the failures of the catalogue. */
export function plainError(error: unknown, kinds: readonly ErrorKind[] = []): PlainError {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, stack } = error
  for (const { name, dataOf } of [failureKind, ...kinds]) {
    const data = dataOf(error)
    if (data !== null) return { kind: name, data, message, stack }
  }
  return { message, stack }
}

/** The error that the other side had. */
export function revivedError({ kind, data, message, stack }: PlainError, kinds: readonly ErrorKind[] = []): Error {
  const known = [failureKind, ...kinds].find(({ name }) => name === kind)?.make(data)
  const error = known ?? new Error(message)
  if (stack) error.stack = stack
  return error
}
