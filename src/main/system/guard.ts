import type { Log } from './log'

/** What becomes of an error that no caller is there to hear: it is written down, and goes no further. */
export type OnStray = (error: unknown, what: string) => void

/**
 * An event handler whose errors, thrown or awaited, go to `onStray`. An emitter has nobody to hand an error to, so
 * without this one bad packet or message ends the process.
 * @param what where it happened, in words for the log
 */
export function guarded<A extends readonly unknown[]>(
  onStray: OnStray,
  what: string,
  handle: (...args: A) => unknown,
): (...args: A) => void {
  return (...args) => {
    try {
      const result = handle(...args)
      if (result instanceof Promise) result.catch((error: unknown) => onStray(error, what))
    } catch (error) {
      onStray(error, what)
    }
  }
}

/** The part of `process` that the net hangs under, as a test can give its own. */
export interface ErrorSource {
  on(event: 'uncaughtException' | 'unhandledRejection', hear: (error: unknown) => void): unknown
}

export interface NetParts {
  log: Pick<Log, 'unknown'>
  /** Tells whoever looks at the studio; `id` is that of the log entry. */
  tell: (id: string) => void
  /** Puts work and project away and ends the process. */
  end: () => Promise<void>
  /** How long putting away may take, in ms. */
  patienceMs?: number
}

/**
 * The last net under a host. A promise nobody waited for tore nothing in two: it is logged and told, and the host goes
 * on. After an exception that no handler caught, what was in the middle is unknown (Node's own advice is to end), so
 * work is put away, to go on at the next start, and the process ends.
 */
export function hangLastNet(source: ErrorSource, { log, tell, end, patienceMs = 15_000 }: NetParts): void {
  let ending = false
  source.on('unhandledRejection', (error) => tell(log.unknown(error, 'a promise nobody waited for')))
  source.on('uncaughtException', (error) => {
    const id = log.unknown(error, 'an exception nobody caught')
    if (ending || isLostOutput(error)) return
    ending = true
    setTimeout(() => process.exit(1), patienceMs).unref()
    tell(id)
    process.exitCode = 1
    void end().catch(() => process.exit(1))
  })
}

/** Whoever read our output has gone; nothing is in the middle of anything. */
function isLostOutput(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE'
}
