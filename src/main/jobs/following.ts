import type { JobId } from '@shared/ids'
import { type JobStore, type StoredJob, openStates } from './job-store'

export interface FollowingParts {
  store: JobStore
  /** This host knows by itself how this job stands. */
  isOwn: (id: JobId) => boolean
  changed: (job: StoredJob) => void
  log: (error: unknown, what: string) => string
}

/** Jobs that other hosts of a shared store do: heard of when they change, and looked at now and then for what was missed. */
export class Following {
  private readonly open = new Map<JobId, StoredJob['state']>()
  private readonly stop: () => void

  constructor(
    private readonly parts: FollowingParts,
    onHeard: () => void,
  ) {
    const hear = async (id: JobId) => {
      try {
        await this.look([id])
      } catch (error) {
        parts.log(error, `hearing of job ${id}`)
      }
      onHeard()
    }
    this.stop = parts.store.listen?.((id) => void hear(id)) ?? (() => {})
  }

  /** Looks at every job that is open, or was when it was looked at last. */
  async lookAround(): Promise<void> {
    const { store } = this.parts
    if (!store.listen) return
    const open = await store.list(openStates)
    await this.look([...new Set([...open.map(({ id }) => id), ...this.open.keys()])])
  }

  close(): void {
    this.stop()
  }

  private async look(ids: readonly JobId[]): Promise<void> {
    const { store, isOwn, changed } = this.parts
    for (const id of ids) {
      if (isOwn(id)) continue
      const job = await store.get(id)
      if (!job || this.open.get(id) === job.state) continue
      if (openStates.includes(job.state)) this.open.set(id, job.state)
      else this.open.delete(id)
      changed(job)
    }
  }
}
