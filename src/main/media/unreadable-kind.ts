import type { ErrorKind } from '@main/process/plain-error'
import { Unreadable } from './decode/contract/decoder'

/** A file from which nothing can be had stays that across processes and threads. */
export const unreadableKind: ErrorKind = {
  name: 'Unreadable',
  dataOf: (error) =>
    error instanceof Unreadable ? { reason: error.reason, detail: error.detail, known: error.known } : null,
  make: (data) => {
    const { reason, detail, known } = data as Pick<Unreadable, 'reason' | 'detail' | 'known'>
    return new Unreadable(reason, detail, known)
  },
}
