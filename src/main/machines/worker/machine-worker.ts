import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Job, JobKind } from '@shared/contract/jobs'
import type { Lane } from '@shared/contract/machines'
import { Failure } from '@shared/failures'
import { type JobId, MachineId } from '@shared/ids'
import { machineLanes } from '@main/jobs/job-kinds'
import { JobQueue, type RunJob, type Runners } from '@main/jobs/job-queue'
import { RedisJobStore } from '@main/jobs/redis/redis-job-store'
import type { Workers } from '@main/runs/workers'
import type { EngineService } from '@main/system/engine-service'
import type { Beat, BeatAnswer } from '@main/machines/wire'
import { RemoteWork } from './remote-work'
import type { StudioLine } from './studio-line'

export interface MachineWorkerParts {
  line: StudioLine
  redis: string
  /** What the studio and its people are told of this worker. */
  about: Pick<Beat, 'name' | 'host' | 'version' | 'lanes'>
  /** Folder for files of studios and for jobs; no two workers share one. */
  cache: string
  workers: Workers
  engine: EngineService
  say: (line: string) => void
  log: (error: unknown, what: string) => string
  free?: (folder: string) => Promise<number>
  /** A worker that says nothing for so long has lost its job, ms. */
  leaseMs?: number
}

const beatEveryMs = 2_000
/** After a job did not fit this machine, another try. */
const troubleMs = 30_000

/** The jobs of one project, as this worker does them. */
interface Taking {
  uid: string
  store: RedisJobStore
  queue: JobQueue
}

/** Does jobs of a studio's open project until it is told to end; says every other second how it is. */
export class MachineWorker {
  private readonly id = MachineId.parse(randomUUID())
  private taking: Taking | null = null
  private drain = false
  private trouble: { text: string; until: number } | null = null
  private isAway = false
  private hasWorked = false
  private readonly doing = new Map<JobId, Job['state']>()

  constructor(private readonly parts: MachineWorkerParts) {}

  /** Throws Failure WORKER_TOKEN, WORKER_VERSION, QUEUE_AWAY where it was not let in. */
  async run(end: AbortSignal): Promise<void> {
    try {
      while (!end.aborted) {
        await this.round()
        await pause(beatEveryMs, undefined, { signal: end }).catch(() => {})
      }
    } finally {
      await this.leave()
      await this.parts.line.beat({ ...this.beat(), leaving: true }).catch(() => {})
    }
  }

  private async round(): Promise<void> {
    try {
      const answer = await this.parts.line.beat(this.beat())
      if (this.isAway) this.parts.say('The studio answers again.')
      this.isAway = false
      await this.follow(answer)
    } catch (error) {
      if (error instanceof Failure && this.isFinal(error)) throw error
      if (!this.isAway) this.parts.say(`The studio does not answer: ${wordsOf(error)}. It is asked again.`)
      this.isAway = true
    }
  }

  /** A Redis that was there before comes back; one that never was is a wrong address. */
  private isFinal({ code }: Failure): boolean {
    return notLetIn.includes(code) || (code === 'QUEUE_AWAY' && !this.hasWorked)
  }

  private async follow({ project, drain }: BeatAnswer): Promise<void> {
    if (drain !== this.drain) this.parts.say(drain ? 'Takes no new work: the studio drains it.' : 'Takes work again.')
    this.drain = drain
    if (project?.uid === this.taking?.uid) return
    await this.leave()
    if (!project) return
    this.taking = await this.take(project.uid)
    this.hasWorked = true
    this.parts.say(`Works for ${project.name}.`)
  }

  private async take(uid: string): Promise<Taking> {
    const { redis, log, workers, engine, line, cache, free, leaseMs = 15_000 } = this.parts
    const store = await RedisJobStore.open({ url: redis, name: uid, onError: (error) => void log(error, 'Redis') })
    const work = new RemoteWork({
      ...{ line, project: uid, cache: join(cache, uid), workers, engine, free },
      owner: () => queue.owner,
      onTrouble: (text) => (this.trouble = text === null ? null : { text, until: Date.now() + troubleMs }),
    })
    const queue: JobQueue = new JobQueue(
      store,
      this.runners(work.runJob),
      {
        logUnknown: log,
        onChange: (job) => this.sayOf(job, queue.isDoing(job.id)),
      },
      { leaseMs, handsOver: true, mayTake: () => this.mayTake() },
    )
    return { uid, store, queue }
  }

  /** Says when a job of this worker begins and how it ends. */
  private sayOf({ id, title, state }: Job, isDoing: boolean): void {
    if (this.doing.get(id) === state || (state === 'running' ? !isDoing : !this.doing.has(id))) return
    this.doing.set(id, state)
    this.parts.say(`${title}: ${state}`)
    if (state !== 'running') this.doing.delete(id)
  }

  private runners(runJob: RunJob): Runners {
    const kinds = this.parts.about.lanes.flatMap((lane: Lane): readonly JobKind[] => machineLanes[lane])
    return Object.fromEntries(kinds.map((kind) => [kind, runJob]))
  }

  private mayTake(): boolean {
    if (this.trouble && this.trouble.until < Date.now()) this.trouble = null
    return !this.drain && this.trouble === null
  }

  private async leave(): Promise<void> {
    const { taking } = this
    this.taking = null
    await taking?.queue.close()
    await taking?.store.close()
  }

  private beat(): Beat {
    const { about, engine } = this.parts
    const { backend, version, device, reason } = engine.report()
    const [job] = this.taking?.queue.runningHere() ?? []
    return {
      ...{ id: this.id, ...about, leaving: false },
      ...{ engine: backend ? `${engineNames[backend]} ${version ?? ''}`.trim() : reason, device: device ?? '' },
      ...{ job: job?.id ?? null, progress: job?.progress ?? null, trouble: this.trouble?.text ?? null },
    }
  }
}

const notLetIn: readonly string[] = ['WORKER_TOKEN', 'WORKER_VERSION', 'BAD_SETTING']
const engineNames = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', cpu: 'JavaScript' } as const

function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}
