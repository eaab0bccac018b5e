import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '@shared/failures'

export interface RowWriterParts {
  /** Runs a write that hardly waits for whoever else writes now (Project.briefly). */
  briefly: (action: () => void) => void
  log: (error: unknown, what: string) => string
}

const retryMs = 500
/** Rows that wait for more than this are lost with the process, and the work that made them ends in words. */
const usualPatienceMs = 30_000

/**
 * Rows that come by themselves, as from a run, written in their order. What cannot be written now, because another program
 * holds the file or the disk is full, waits in memory and is tried again, so that no message ends the host.
 */
export class RowWriter {
  private readonly waiting: (() => void)[] = []
  private timer: NodeJS.Timeout | null = null
  private lastError: unknown = null

  constructor(
    private readonly parts: RowWriterParts,
    private readonly patienceMs = usualPatienceMs,
  ) {}

  /** Writes now, or as soon as that is possible; never throws. */
  put(write: () => void): void {
    this.waiting.push(write)
    if (this.waiting.length === 1) this.attempt()
  }

  /** Returns when all is written. Throws what stands in the way where that does not go for half a minute. */
  async flush(patienceMs = this.patienceMs): Promise<void> {
    const until = Date.now() + patienceMs
    for (this.attempt(); this.waiting.length > 0; this.attempt()) {
      if (Date.now() >= until) throw this.lastError
      await pause(Math.min(retryMs, Math.max(10, until - Date.now())))
    }
  }

  private attempt(): void {
    for (let write = this.waiting[0]; write; write = this.waiting[0]) {
      const error = this.errorOf(write)
      if (error && mayPass(error)) {
        if (this.lastError === null) this.parts.log(error, 'rows that cannot be written now')
        this.lastError = error
        return this.again()
      }
      // What can never be written, as of a run that was deleted meanwhile, must not hold up the rest.
      if (error) this.parts.log(error, 'rows that cannot be written')
      this.waiting.shift()
      this.lastError = null
    }
  }

  private errorOf(write: () => void): unknown {
    try {
      this.parts.briefly(write)
      return null
    } catch (error) {
      return error
    }
  }

  private again(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.attempt()
    }, retryMs)
    this.timer.unref()
  }
}

/** Somebody else's lock, a full disk, a folder that is away: the catalogue has a sentence for each. */
function mayPass(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'NOT_FOUND'
}
