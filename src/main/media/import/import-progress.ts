import type { OnProgress } from '@shared/progress'
import type { ImportStep } from './import-media'

/** Joins what each running file says into one progress: files done, with the running ones in part, and time left. */
export class ImportProgress {
  private readonly parts = new Map<string, number>()
  private readonly startedAt = performance.now()
  private done = 0

  constructor(
    private readonly total: number,
    private readonly onProgress: OnProgress | undefined,
  ) {}

  step(path: string, { frames, of }: ImportStep): void {
    // An announced count may be too small; a file that is not finished is never shown as if it were.
    this.parts.set(path, of ? Math.min(0.99, frames / of) : 0)
    this.tell()
  }

  finished(path: string): void {
    this.parts.delete(path)
    this.done++
    this.tell()
  }

  private tell(): void {
    const done = this.done + [...this.parts.values()].reduce((sum, part) => sum + part, 0)
    const seconds = (performance.now() - this.startedAt) / 1000
    const secondsLeft = done > 0.05 ? (seconds / done) * (this.total - done) : null
    this.onProgress?.({ label: 'reading videos', done, total: this.total, secondsLeft })
  }
}
