import type { OnProgress } from '@shared/progress'
import type { EngineService } from '@main/system/engine-service'
import { WorkerSupervisor } from '@main/process/worker-supervisor'
import type { EngineInstallation } from '@main/learning/engine/install/ensure-engine'
import type { StartProcess } from '@main/process/process-channel'
import type { TaskName, WorkerEvent, WorkerTasks } from './worker-tasks'

/**
 * A question that a newer one stopped ends between two of its steps, one of which may be a forward pass of a large network.
 * The engine and the models that would go with the process take longer to come back.
 */
const questionGraceMs = 20_000

/** A question that nobody asked for ten minutes: its process may give its memory back. */
const idleMs = 600_000

/**
 * The two processes that compute: one for work that takes a while, one kept warm for questions, so that an answer never
 * waits behind a training run.
 */
export class Workers {
  private readonly heavy: WorkerSupervisor
  private readonly warm: WorkerSupervisor

  constructor(start: StartProcess) {
    this.heavy = new WorkerSupervisor(start, { idleMs })
    this.warm = new WorkerSupervisor(start, { idleMs, graceMs: questionGraceMs })
  }

  /** Opens the engine in the warm process and says which it is. */
  open(installation: EngineInstallation): Promise<WorkerTasks['engine']['out']> {
    return this.warm.run('engine', { installation }) as Promise<WorkerTasks['engine']['out']>
  }

  /** Both processes start anew with their next task. */
  renew(): void {
    this.heavy.renew()
    this.warm.renew()
  }

  /** Work of a job: waits for the engine, then runs. */
  async work<T extends TaskName>(
    task: T,
    input: WorkerTasks[T]['in'],
    { engine, signal, progress, onEvent }: JobCall,
  ): Promise<WorkerTasks[T]['out']> {
    const installation = await engine.waitFor(signal, progress)
    const hear = (event: unknown) => {
      const known = event as WorkerEvent
      if (known.kind === 'progress') progress(known.progress)
      else onEvent?.(known)
    }
    return this.heavy.run(task, { ...input, installation }, { signal, onEvent: hear }) as Promise<WorkerTasks[T]['out']>
  }

  /** Draws the sample data set; needs no engine. */
  draw(input: WorkerTasks['sample']['in'], call: Omit<JobCall, 'engine'>): Promise<WorkerTasks['sample']['out']> {
    const onEvent = (event: unknown) => {
      const known = event as WorkerEvent
      if (known.kind === 'progress') call.progress(known.progress)
    }
    return this.heavy.run('sample', input, { signal: call.signal, onEvent }) as Promise<WorkerTasks['sample']['out']>
  }

  /** A question of a person who waits. */
  async ask<T extends TaskName>(
    task: T,
    input: WorkerTasks[T]['in'],
    { engine, signal }: { engine: EngineService; signal?: AbortSignal },
  ): Promise<WorkerTasks[T]['out']> {
    const installation = await engine.ready()
    return this.warm.run(task, { ...input, installation }, { signal }) as Promise<WorkerTasks[T]['out']>
  }

  close(): void {
    this.heavy.close()
    this.warm.close()
  }
}

interface JobCall {
  engine: EngineService
  signal: AbortSignal
  progress: OnProgress
  onEvent?: (event: Exclude<WorkerEvent, { kind: 'progress' }>) => void
}
