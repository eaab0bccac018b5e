import type { JobKind, JobState } from '@shared/contract/jobs'
import type { JobId } from '@shared/ids'
import type {
  Claim,
  Claimed,
  Extended,
  Held,
  JobStore,
  NewStoredJob,
  Settlement,
  StoppedAs,
  StoredJob,
} from './job-store'

export interface DividedParts {
  /** Kinds whose new jobs go where other machines find them. */
  kinds: readonly JobKind[]
  shared: JobStore
  /** Everything else, and what was there before there was a shared one. */
  own: JobStore
}

/** After so long a host that died over it has put nothing where machines find it. */
const sharingMs = 15_000

/** One list of jobs in two places: what any machine may do in a store that machines share, the rest in the project's own. */
export class DividedJobStore implements JobStore {
  constructor(private readonly parts: DividedParts) {}

  add(job: NewStoredJob): Promise<StoredJob> {
    const { kinds, shared, own } = this.parts
    return kinds.includes(job.kind) ? shared.add(job) : own.add(job)
  }

  async get(id: JobId): Promise<StoredJob | null> {
    const { shared, own } = this.parts
    return (await shared.get(id)) ?? own.get(id)
  }

  async list(states?: readonly JobState[]): Promise<StoredJob[]> {
    const { shared, own } = this.parts
    const there = await shared.list(states)
    const ids = new Set(there.map(({ id }) => id))
    const here = (await own.list(states)).filter(({ id }) => !ids.has(id))
    return [...there, ...here].sort((a, b) => b.createdAt - a.createdAt)
  }

  async claim({ kinds, ...claim }: Claim): Promise<Claimed | null> {
    const { shared, own, kinds: divided } = this.parts
    const [far, near] = [true, false].map((isFar) => kinds.filter((kind) => divided.includes(kind) === isFar))
    const claimed = near?.length ? await own.claim({ ...claim, kinds: near }) : null
    return claimed ?? (far?.length ? shared.claim({ ...claim, kinds: far }) : null)
  }

  async extend(held: Held, leaseMs: number): Promise<Extended> {
    return (await this.placeOf(held.id)).extend(held, leaseMs)
  }

  async settle(held: Held, settlement: Settlement): Promise<boolean> {
    return (await this.placeOf(held.id)).settle(held, settlement)
  }

  async stop(id: JobId, as: StoppedAs): Promise<StoredJob | null> {
    return (await this.placeOf(id)).stop(id, as)
  }

  /** One that was left in the project's own store goes on where machines find it. */
  async requeue(id: JobId): Promise<StoredJob | null> {
    const { shared, own, kinds } = this.parts
    const place = await this.placeOf(id)
    const queued = await place.requeue(id)
    if (!queued || place === shared || !kinds.includes(queued.kind)) return queued
    const there = await shared.add(queued)
    await own.stop(id, 'interrupted')
    return there
  }

  async sweep(): Promise<StoredJob[]> {
    const { shared, own } = this.parts
    const ended = await own.sweep()
    await this.shareLeft()
    return [...ended, ...(await shared.sweep())]
  }

  /** What waits in the project's own store, or lost its host there, before there was a shared one. */
  private async shareLeft(): Promise<void> {
    const { shared, own, kinds } = this.parts
    const claim = { kinds, owner: 'sharing', leaseMs: sharingMs }
    for (let left = await own.claim(claim); left; left = await own.claim(claim)) {
      const { job, resumed } = left
      await shared.add({ ...job, startedAt: resumed ? job.startedAt : null })
      await own.settle({ id: job.id, owner: claim.owner }, { state: 'interrupted' })
    }
  }

  listen(hear: (id: JobId) => void): () => void {
    return this.parts.shared.listen?.(hear) ?? (() => {})
  }

  private async placeOf(id: JobId): Promise<JobStore> {
    const { shared, own } = this.parts
    return (await shared.get(id)) ? shared : own
  }
}
