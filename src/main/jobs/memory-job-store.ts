import type { JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import {
  type Claim,
  type Claimed,
  type Extended,
  type Held,
  type JobStore,
  type NewStoredJob,
  type Settlement,
  type StoppedAs,
  type StoredJob,
  deadStates,
  openStates,
} from './job-store'

interface Entry {
  job: StoredJob
  owner: string | null
  leaseUntil: number
  notBefore: number
  stopAsked: 'stop' | 'pause' | null
}

/** Jobs of this session only. */
export class MemoryJobStore implements JobStore {
  private readonly entries = new Map<JobId, Entry>()

  constructor(private readonly now: () => number = Date.now) {}

  async add(job: NewStoredJob): Promise<StoredJob> {
    const known = this.entries.get(job.id)
    if (known) return known.job
    const stored: StoredJob = {
      ...job,
      ...{ state: 'queued', progress: null, failure: null, result: null, attempts: 0 },
      ...{ createdAt: this.now(), startedAt: job.startedAt ?? null, endedAt: null },
    }
    this.entries.set(job.id, { job: stored, owner: null, leaseUntil: 0, notBefore: 0, stopAsked: null })
    return stored
  }

  async get(id: JobId): Promise<StoredJob | null> {
    return this.entries.get(id)?.job ?? null
  }

  async list(states?: readonly JobState[]): Promise<StoredJob[]> {
    const all = [...this.entries.values()].map(({ job }) => job).reverse()
    return states ? all.filter(({ state }) => states.includes(state)) : all
  }

  async claim({ kinds, owner, leaseMs, only }: Claim): Promise<Claimed | null> {
    const free = [...this.entries.values()]
      .filter((entry) => kinds.includes(entry.job.kind) && (!only || only.includes(entry.job.id)))
      .filter((entry) => this.mayBegin(entry))
      .reduce<Entry | null>((best, entry) => (best && best.job.priority >= entry.job.priority ? best : entry), null)
    if (!free) return null
    const { startedAt, attempts } = free.job
    const job: StoredJob = {
      ...free.job,
      ...{ state: 'running', attempts: attempts + 1, startedAt: startedAt ?? this.now(), endedAt: null },
    }
    Object.assign(free, { job, owner, leaseUntil: this.now() + leaseMs, stopAsked: null })
    return { job, resumed: startedAt !== null }
  }

  async extend({ id, owner }: Held, leaseMs: number): Promise<Extended> {
    const entry = this.heldBy(id, owner)
    if (!entry) return 'lost'
    entry.leaseUntil = this.now() + leaseMs
    return entry.stopAsked ?? 'kept'
  }

  async settle({ id, owner }: Held, settlement: Settlement): Promise<boolean> {
    const entry = this.heldBy(id, owner)
    if (!entry) return false
    entry.owner = null
    if (settlement.state === 'queued') {
      entry.notBefore = this.now() + settlement.delayMs
      entry.job = { ...entry.job, state: 'queued' }
    } else entry.job = { ...entry.job, failure: null, ...settlement, endedAt: this.now() }
    return true
  }

  async stop(id: JobId, as: StoppedAs): Promise<StoredJob | null> {
    const entry = this.entries.get(id)
    if (!entry || !openStates.includes(entry.job.state)) return null
    if (this.isHeld(entry)) entry.stopAsked = as === 'paused' ? 'pause' : 'stop'
    else this.finish(entry, as)
    return entry.job
  }

  async requeue(id: JobId): Promise<StoredJob | null> {
    const entry = this.entries.get(id)
    if (!entry || entry.job.state === 'done' || openStates.includes(entry.job.state)) return null
    Object.assign(entry, { owner: null, notBefore: 0, stopAsked: null })
    entry.job = { ...entry.job, state: 'queued', attempts: 0, failure: null, endedAt: null }
    return entry.job
  }

  async sweep(): Promise<StoredJob[]> {
    const ended: StoredJob[] = []
    for (const entry of this.entries.values()) {
      const { state, after } = entry.job
      if (state === 'running' && !this.isHeld(entry) && !this.mayBegin(entry)) this.finish(entry, leftAs(entry))
      else if (state === 'queued' && after.some((id) => this.isDead(id))) this.finish(entry, 'cancelled')
      else continue
      ended.push(entry.job)
    }
    return ended
  }

  private mayBegin(entry: Entry): boolean {
    const { state, after, attempts, mostAttempts } = entry.job
    if (state === 'running') return !this.isHeld(entry) && attempts < mostAttempts && entry.stopAsked === null
    const ready = after.every((id) => this.entries.get(id)?.job.state === 'done')
    return state === 'queued' && entry.notBefore <= this.now() && ready
  }

  private isDead(id: JobId): boolean {
    const before = this.entries.get(id)
    return !before || deadStates.includes(before.job.state)
  }

  private isHeld({ job, owner, leaseUntil }: Entry): boolean {
    return job.state === 'running' && owner !== null && leaseUntil >= this.now()
  }

  /** An owner whose time ran out keeps the job as long as nobody else took it. */
  private heldBy(id: JobId, owner: string): Entry | null {
    const entry = this.entries.get(id)
    return entry?.job.state === 'running' && entry.owner === owner ? entry : null
  }

  private finish(entry: Entry, state: StoppedAs): void {
    entry.owner = null
    entry.job = { ...entry.job, state, endedAt: this.now() }
  }
}

/** What becomes of a job whose holder died, and that nobody takes up. */
function leftAs({ stopAsked }: Entry): StoppedAs {
  if (stopAsked === 'pause') return 'paused'
  return stopAsked === 'stop' ? 'cancelled' : 'interrupted'
}
