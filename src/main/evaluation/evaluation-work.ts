import type { MethodMetrics } from '@shared/contract/evaluation'
import { EvaluationId, type JobId } from '@shared/ids'
import { z } from 'zod'
import type { RowWriter } from '@main/project/row-writer'
import type { Bundles } from '@main/runs/bundles'
import type { BegunWork, Work, WorkOrder, WorkResult } from '@main/runs/work'
import type { WorkerEvent } from '@main/runs/worker-tasks'
import type { Repositories } from '@main/store/repositories'

const Payload = z.object({ evaluation: EvaluationId })

/** Jobs of kind 'evaluation'. */
export class EvaluationWork implements Work {
  /** When each began; not known of one that began before this studio did. */
  private readonly begun = new Map<JobId, number>()

  constructor(private readonly parts: { repositories: Repositories; bundles: Bundles; rows: RowWriter }) {}

  async begin({ id: job, payload }: WorkOrder, signal?: AbortSignal): Promise<BegunWork> {
    const { repositories, bundles, rows } = this.parts
    const { evaluations } = repositories
    const { evaluation: id } = Payload.parse(payload)
    const { run, config } = evaluations.get(id)
    const bundle = await bundles.ofRun(run, signal, config)
    // Nothing of an earlier try may be counted twice.
    rows.put(() => evaluations.clearOutcomes(id))
    this.begun.set(job, Date.now())
    return { task: 'evaluation', input: { bundle, config } }
  }

  hear({ payload }: WorkOrder, event: Exclude<WorkerEvent, { kind: 'progress' }>): void {
    if (event.kind !== 'outcomes') return
    const { rows, repositories } = this.parts
    const { evaluation: id } = Payload.parse(payload)
    rows.put(() => repositories.evaluations.addOutcomes(id, event.rows, event.from))
  }

  async finish({ id: job, payload }: WorkOrder, columns: WorkResult): Promise<{ evaluation: EvaluationId }> {
    const { rows, repositories } = this.parts
    const { evaluation: id } = Payload.parse(payload)
    const from = this.begun.get(job)
    const seconds = from === undefined ? null : (Date.now() - from) / 1000
    const { evaluations } = repositories
    const before = evaluations.ofRun(evaluations.get(id).run).find((other) => other.id !== id && other.state === 'done')
    rows.put(() => {
      if (before) evaluations.takeMarks(id, before.id)
      evaluations.update(id, { columns: columns as MethodMetrics[], seconds })
    })
    await rows.flush()
    return { evaluation: id }
  }
}
