import type { OnProgress, Progress } from '@shared/progress'

const everyMs = 200

/** Passes progress on a few times a second, always the newest, and works out the time left from what was seen. */
export class ProgressClock {
  private newest: Progress | null = null
  private timer: NodeJS.Timeout | null = null
  private start: { label: string; at: number; done: number } | null = null

  constructor(
    private readonly pass: OnProgress,
    private readonly now: () => number = Date.now,
  ) {}

  readonly tell: OnProgress = (progress) => {
    this.newest = { ...progress, secondsLeft: progress.secondsLeft ?? this.secondsLeft(progress) }
    if (this.timer) return
    this.flush()
    this.timer = setTimeout(() => {
      this.timer = null
      this.flush()
    }, everyMs)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.newest = null
  }

  private flush(): void {
    const { newest } = this
    this.newest = null
    if (newest) this.pass(newest)
  }

  /** From the mean speed within this step of the work; null for the first two seconds, which say little. */
  private secondsLeft({ label, done, total }: Progress): number | null {
    const now = this.now()
    if (this.start?.label !== label || done < this.start.done) this.start = { label, at: now, done }
    const seconds = (now - this.start.at) / 1000
    const moved = done - this.start.done
    if (total === null || moved <= 0 || seconds < 2) return null
    return Math.max(0, ((total - done) * seconds) / moved)
  }
}
