import { availableParallelism } from 'node:os'
import type { z } from 'zod'
import type { EngineReport } from '@shared/contract/system'
import type { OnProgress } from '@shared/progress'
import { type EngineInstallation, ensureEngine } from '@main/learning/engine/install/ensure-engine'
import type { JobContext, JobQueue } from '@main/jobs/job-queue'

export type Report = z.infer<typeof EngineReport>

/** What a worker process says of the engine it opened. */
export type OpenedEngine = Pick<Report, 'backend' | 'version' | 'device' | 'reason' | 'cores' | 'instructionSets'>

export interface EngineParts {
  jobs: JobQueue
  /** Opens the engine in a worker process and says which. */
  open: (installation: EngineInstallation) => Promise<OpenedEngine>
  /** An engine was put in: processes that opened another one must start anew. */
  onInstalled: () => void
  onChange: () => void
  ensure?: typeof ensureEngine
}

/**
 * The engine that models compute with. It is looked for at once and put in by a job of its own; whoever needs it waits,
 * the window does not.
 */
export class EngineService {
  private current: Report = unknownYet('looking')
  private looking: Promise<EngineInstallation> | null = null

  constructor(private readonly parts: EngineParts) {}

  report(): Report {
    const job = this.parts.jobs.runningHere().find(({ kind }) => kind === 'engine')
    return { ...this.current, progress: job?.progress ?? null }
  }

  /** Looks for the engine, putting it in where that is possible; the same look for everybody who asks meanwhile. */
  ready(): Promise<EngineInstallation> {
    this.looking ??= this.look().catch((error: unknown) => {
      this.looking = null
      throw error
    })
    return this.looking
  }

  /** Waits for the engine and says so meanwhile. Rejects when the signal stops the waiting, not the engine. */
  async waitFor(signal: AbortSignal, progress: OnProgress): Promise<EngineInstallation> {
    if (this.current.state !== 'ready')
      progress({ label: 'waiting for the engine', done: 0, total: null, secondsLeft: null })
    const stopped = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error)
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    return Promise.race([this.ready(), stopped])
  }

  /** Opens what is there now, without putting anything in. */
  async lookInCache(): Promise<Report> {
    const ensure = this.parts.ensure ?? ensureEngine
    const opened = await this.parts.open(await ensure({ install: false }))
    this.set({ ...opened, state: 'ready', progress: null })
    return this.report()
  }

  /** Tries again to put the native engine in, for instance after Python was installed. */
  install(): Report {
    if (this.current.state === 'ready' && this.current.backend !== 'tensorflow') {
      this.looking = null
      this.set(unknownYet('looking'))
    }
    void this.ready().catch(() => {})
    return this.report()
  }

  /** Runs jobs of kind 'engine'. */
  readonly runJob = async ({ signal, progress }: JobContext): Promise<EngineInstallation> => {
    const ensure = this.parts.ensure ?? ensureEngine
    const say = (label: string) => progress({ label, done: 0, total: null, secondsLeft: null })
    return ensure({ signal, onProgress: say })
  }

  private async look(): Promise<EngineInstallation> {
    const ensure = this.parts.ensure ?? ensureEngine
    const cached = await ensure({ install: false })
    const wanted = process.env.WHYNOT_ENGINE !== 'wasm'
    const installation = cached.folder !== null || !wanted ? cached : await this.putIn()
    const opened = await this.parts.open(installation)
    this.set({ ...opened, state: 'ready', progress: null })
    return installation
  }

  private async putIn(): Promise<EngineInstallation> {
    this.set(unknownYet('installing'))
    const { jobs } = this.parts
    const job = await jobs.start({ kind: 'engine', title: 'Putting in the engine', payload: null })
    const ended = await jobs.ended(job.id)
    this.parts.onInstalled()
    if (ended.state === 'done') return ended.result as EngineInstallation
    const reason = ended.failure?.message ?? 'putting TensorFlow in was stopped; Try again in Settings does it'
    return { variant: 'wasm', version: '', folder: null, reason }
  }

  private set(report: Report): void {
    this.current = report
    this.parts.onChange()
  }
}

function unknownYet(state: 'looking' | 'installing'): Report {
  return {
    state,
    backend: null,
    version: null,
    device: null,
    reason:
      state === 'looking' ? 'The engine is being looked for.' : 'TensorFlow is being put in; training waits for it.',
    cores: availableParallelism(),
    instructionSets: [],
    progress: null,
  }
}
