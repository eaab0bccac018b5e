import { importedConfig } from '@shared/config/imported-model'
import type { Change } from '@shared/contract/system'
import type { MetricPoint } from '@shared/contract/learning'
import type { RunId } from '@shared/ids'
import type { RowWriter } from '@main/project/row-writer'
import type { Repositories } from '@main/store/repositories'
import type { Bundles } from './bundles'
import { EventFile } from './event-file'
import { RunFolder } from './run-folder'
import { comparedWithTwin } from './same-again'
import type { BegunWork, Work, WorkOrder, WorkResult } from './work'
import type { Headline, WorkerEvent } from './worker-tasks'

export interface RunWorkParts {
  /** The project's. */
  folder: string
  repositories: Repositories
  bundles: Bundles
  rows: RowWriter
  say: (run: RunId, line: string) => void
  onPoint: (run: RunId, point: MetricPoint) => void
  onChange: (change: Change) => void
}

/** Jobs of kind 'classifier' and 'explainer'. */
export class RunWork implements Work {
  constructor(private readonly parts: RunWorkParts) {}

  async begin({ run, resumed }: WorkOrder, signal?: AbortSignal): Promise<BegunWork> {
    const { repositories, bundles, say } = this.parts
    const id = runOf(run)
    const { config, kind } = repositories.runs.get(id)
    say(id, resumed ? 'resumed' : 'started')
    const resume = resumed && repositories.runs.checkpoints(id).length > 0
    // Points of a try that left no state to go on from are made again.
    if (!resume) this.dropAfter(id, -1)
    const input = { bundle: await bundles.ofRun(id, signal), resume }
    const layer = bundles.layerSaid(config)
    if (layer) say(id, layer)
    return { task: importedConfig(config) ? 'measureModel' : kind, input }
  }

  hear({ run }: WorkOrder, event: Exclude<WorkerEvent, { kind: 'progress' }>): void {
    const { rows, onChange, onPoint, say } = this.parts
    const { runs } = this.parts.repositories
    const id = runOf(run)
    // What was measured after the state it goes on from is measured again.
    if (event.kind === 'resumed') this.dropAfter(id, event.step)
    if (event.kind === 'metrics') {
      let added: MetricPoint[] = []
      rows.put(() => void (added = runs.addMetrics(id, event.points)))
      rows.put(() => this.eventsOf(id).add(added))
      for (const point of event.points) onPoint(id, point)
    }
    if (event.kind === 'checkpoint') rows.put(() => runs.addCheckpoint(id, event.checkpoint))
    if (event.kind === 'engine') rows.put(() => runs.update(id, { engine: event.backend }))
    if (event.kind === 'headline') {
      rows.put(() => runs.update(id, { headline: event.headline }))
      onChange({ area: 'runs', ids: [id] })
    }
    if (event.kind === 'log') say(id, event.line)
  }

  private dropAfter(id: RunId, step: number): void {
    const { rows, repositories } = this.parts
    const { runs } = repositories
    rows.put(() => runs.dropMetricsAfter(id, step))
    rows.put(() => this.eventsOf(id).write(runs.metrics(id)))
  }

  private eventsOf(id: RunId): EventFile {
    return new EventFile(new RunFolder(this.parts.folder, id).path)
  }

  async finish({ run }: WorkOrder, headline: WorkResult): Promise<null> {
    const { rows, repositories, folder, say } = this.parts
    const id = runOf(run)
    rows.put(() => repositories.runs.update(id, { headline: headline as Headline }))
    const compared = await comparedWithTwin(repositories.runs.get(id), repositories.runs.list(), folder)
    if (compared) say(id, compared)
    // A run is done when its numbers are on disk.
    await rows.flush()
    return null
  }
}

function runOf(run: RunId | null): RunId {
  if (!run) throw new Error('a training job names its run')
  return run
}
