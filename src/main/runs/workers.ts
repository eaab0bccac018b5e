import { totalmem } from 'node:os'
import { Failure } from '@shared/failures'
import type { OnProgress } from '@shared/progress'
import type { EngineService } from '@main/system/engine-service'
import { guarded } from '@main/process/guarded-process'
import { WorkerLost } from '@main/process/worker-lost'
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

/** For files that nobody vouches for. */
export interface LookLimits {
  /** Longest silence: one forward pass of a large network on a busy machine. */
  silenceMs: number
  mostBytes: number
}

function usualLimits(): LookLimits {
  return { silenceMs: 120_000, mostBytes: Math.min(12e9, totalmem() / 2) }
}

/**
 * The two processes that compute: one for work that takes a while, one kept warm for questions, so that an answer never
 * waits behind a training run.
 */
export class Workers {
  private readonly heavy: WorkerSupervisor
  private readonly warm: WorkerSupervisor

  private readonly looking = new Set<WorkerSupervisor>()

  constructor(
    private readonly start: StartProcess,
    private readonly limits: LookLimits = usualLimits(),
  ) {
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

  /**
   * Looks at a file that nobody vouches for in a process of its own, which is ended where it takes too long or too much.
   * Throws Failure MODEL_UNFIT.
   */
  async look<T extends 'inspectModel' | 'adoptModel'>(
    task: T,
    input: WorkerTasks[T]['in'],
    { engine, signal }: { engine: EngineService; signal?: AbortSignal },
  ): Promise<WorkerTasks[T]['out']> {
    const installation = await engine.ready()
    const { silenceMs, mostBytes } = this.limits
    const alone = new WorkerSupervisor(guarded(this.start, mostBytes), { silenceMs, graceMs: 2_000 })
    this.looking.add(alone)
    try {
      return (await alone.run(task, { ...input, installation }, { signal })) as WorkerTasks[T]['out']
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      const reason = `Opening it was broken off: ${error.how}. Is it damaged, or are its layers joined in a circle?`
      throw new Failure('MODEL_UNFIT', { path: input.path, reason }, { cause: error })
    } finally {
      this.looking.delete(alone)
      alone.close()
    }
  }

  close(): void {
    for (const alone of this.looking) alone.close()
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
