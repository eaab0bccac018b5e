import type { MetricPoint } from '@shared/contract/learning'
import type { TaskTools } from '@main/runs/worker-tasks'

/**
 * The points of a run, told as they are measured and kept beside each state that the run may go on from: a host that
 * dies after the state was written and before its points were would leave a hole in the curve for good.
 */
export class RunCurve {
  private readonly told: MetricPoint[] = []

  constructor(private readonly emit: TaskTools['emit']) {}

  /** From the first step up to now. */
  get points(): readonly MetricPoint[] {
    return this.told
  }

  /** Tells the points of the state that a run goes on from once more; those that are kept already stay one. */
  goOnFrom(points: readonly MetricPoint[]): void {
    if (points.length > 0) this.add(...points)
  }

  add(...points: MetricPoint[]): void {
    this.told.push(...points)
    this.emit({ kind: 'metrics', points })
  }
}
