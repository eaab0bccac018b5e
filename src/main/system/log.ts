import { randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { makeFolder } from '@main/files/make-folder'

/** The studio's own log: what nobody foresaw, under an id that the person is told. */
export interface Log {
  readonly file: string
  info(text: string, particulars?: object): void
  /** @returns the id of the entry */
  unknown(error: unknown, what: string): string
  /** Lines that a process of ours wrote to its standard streams. */
  output(from: string, text: string): void
  close(): void
}

/** Standard error takes the place of a file that cannot be made. */
function destinationOf(folder: string, file: string) {
  try {
    makeFolder(folder)
    closeSync(openSync(file, 'a'))
    return pino.destination({ dest: file, sync: true, append: true })
  } catch {
    return pino.destination({ dest: 2, sync: true })
  }
}

/** Writes to `<folder>/studio.log`, one JSON object a line. */
export function openLog(folder: string): Log {
  const file = join(folder, 'studio.log')
  const destination = destinationOf(folder, file)
  // A full disk loses lines of the log, and is no reason to end.
  destination.on('error', () => {})
  const logger = pino(
    { level: 'info', timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } },
    destination,
  )
  let open = true
  return {
    file,
    info: (text, particulars = {}) => {
      if (open) logger.info(particulars, text)
    },
    unknown: (error, what) => {
      const id = randomUUID().slice(0, 8)
      // What fails while the studio ends has nowhere left to be told.
      if (!open) return id
      logger.error({ id, what, err: error instanceof Error ? error : new Error(String(error)) }, 'unknown error')
      return id
    },
    output: (from, text) => {
      if (!open) return
      for (const line of text.split('\n')) if (line.trim() !== '') logger.info({ from }, line)
    },
    close: () => {
      open = false
      destination.end()
    },
  }
}
