import { Failure } from '@shared/failures'

interface Waiting {
  since: number
  run: () => void
  settle: () => void
  refuse: (error: unknown) => void
}

export interface CommitOptions {
  /** How long a write waits for another program that holds the file, ms. */
  patienceMs?: number
  /** From one try to the next, ms. */
  pauseMs?: number
}

/** Writes of one commit at most, so that nobody waits long for all of them. */
const most = 500

/**
 * Writes of several people at once, committed together: what came while the last commit was made goes into the next one,
 * and each is answered when it is on disk. While another program holds the file they wait here, and nothing else does.
 */
export class CommitQueue {
  private readonly waiting: Waiting[] = []
  private isDue = false

  /** @param commit runs all of an action in one transaction, hardly waiting for others; throws DATABASE_BUSY */
  constructor(
    private readonly commit: (action: () => void) => void,
    private readonly options: CommitOptions = {},
  ) {}

  /** @param action all or nothing of it; what it throws, and nothing else of the commit, is taken back and thrown here */
  write<T>(action: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let settle = () => {}
      const run = () => {
        try {
          const value = action()
          settle = () => resolve(value)
        } catch (error) {
          settle = () => reject(error)
        }
      }
      this.waiting.push({ since: Date.now(), run, settle: () => settle(), refuse: reject })
      this.plan()
    })
  }

  /** After what came in together with this one has been taken in too. */
  private plan(pauseMs = 0): void {
    if (this.isDue) return
    this.isDue = true
    const flush = () => {
      this.isDue = false
      this.flush()
    }
    if (pauseMs > 0) setTimeout(flush, pauseMs)
    else setImmediate(flush)
  }

  private flush(): void {
    const { patienceMs = 10_000, pauseMs = 25 } = this.options
    const batch = this.waiting.splice(0, most)
    if (batch.length === 0) return
    try {
      this.commit(() => {
        for (const { run } of batch) run()
      })
      for (const { settle } of batch) settle()
      if (this.waiting.length > 0) this.plan()
    } catch (error) {
      const isBusy = error instanceof Failure && error.code === 'DATABASE_BUSY'
      const from = Date.now() - patienceMs
      const patient = isBusy ? batch.filter(({ since }) => since > from) : []
      for (const one of batch) if (!patient.includes(one)) one.refuse(error)
      this.waiting.unshift(...patient)
      if (this.waiting.length > 0) this.plan(pauseMs)
    }
  }
}
