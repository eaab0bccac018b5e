import type { JobId, RunId } from '@shared/ids'
import { Failure } from '@shared/failures'
import type { Readable } from 'node:stream'
import type { JobStore, StoredJob } from '@main/jobs/job-store'
import type { BegunWork, Work, WorkResult } from '@main/runs/work'
import type { NeededFile, PlacedFolder, RemoteEvent } from '@main/machines/wire'
import { HashedFiles } from './hashed-files'
import { neededFiles } from './needed-files'
import { Uploads } from './uploads'

export interface WorkDeskParts {
  /** The project's folder. */
  folder: string
  store: JobStore
  works: Readonly<Partial<Record<StoredJob['kind'], Work>>>
}

/** Who works on which job; the same that claimed it. */
export interface Holder {
  job: JobId
  owner: string
}

const leaseMs = 15_000

/**
 * What the studio does for workers elsewhere: hands out what a job needs, and takes the rows and files that come of it from
 * whoever holds it, and from nobody else. Whatever is sent twice is taken once.
 */
export class WorkDesk {
  private readonly files: HashedFiles
  private readonly uploads: Uploads
  /** Events taken so far of each holder. */
  private readonly taken = new Map<string, number>()

  constructor(private readonly parts: WorkDeskParts) {
    this.files = new HashedFiles(parts.folder)
    this.uploads = new Uploads(parts.folder, this.files)
  }

  /** Throws Failure JOB_LOST, PATH_NOT_FOUND. */
  async begin(holder: Holder, resumed: boolean): Promise<BegunWork & { files: NeededFile[] }> {
    const { job, work } = await this.held(holder)
    this.taken.delete(keyOf(holder))
    if (job.run) this.uploads.clear(job.run)
    const begun = await work.begin({ ...job, resumed })
    const files = await this.files.of(neededFiles(this.parts.folder, begun))
    return { ...begun, files }
  }

  /** Where the bytes of a needed file lie; null where nothing of this hash was asked for since the start. */
  fileOf(sha256: string): Promise<string | null> {
    return this.files.at(sha256)
  }

  /** Takes events in their order; those that were taken before are passed over. Throws Failure JOB_LOST. */
  async hear(holder: Holder, first: number, events: readonly RemoteEvent[]): Promise<void> {
    const { job, work } = await this.held(holder)
    const before = this.taken.get(keyOf(holder)) ?? first
    for (const event of events.slice(Math.max(0, before - first))) work.hear({ ...job, resumed: false }, event)
    this.taken.set(keyOf(holder), Math.max(before, first + events.length))
  }

  async there(holder: Holder, sha256: string): Promise<number> {
    return this.uploads.there(await this.runOf(holder), sha256)
  }

  async append(holder: Holder, place: { sha256: string; from: number }, bytes: Readable): Promise<number> {
    return this.uploads.append(await this.runOf(holder), place, bytes)
  }

  async place(holder: Holder, folders: readonly PlacedFolder[]): Promise<void> {
    await this.uploads.place(await this.runOf(holder), folders)
  }

  /** Writes what came of a job and ends it; once it is on disk, it is done. Throws Failure JOB_LOST. */
  async finish(holder: Holder, result: WorkResult): Promise<void> {
    const { job, work } = await this.held(holder)
    const done = await work.finish({ ...job, resumed: false }, result)
    await this.parts.store.settle({ id: holder.job, owner: holder.owner }, { state: 'done', result: done })
    this.taken.delete(keyOf(holder))
  }

  private async runOf(holder: Holder): Promise<RunId> {
    const { job } = await this.held(holder)
    if (!job.run) throw new Failure('NOT_FOUND', { kind: 'run', id: holder.job })
    return job.run
  }

  private async held({ job: id, owner }: Holder): Promise<{ job: StoredJob; work: Work }> {
    const { store, works } = this.parts
    const kept = await store.extend({ id, owner }, leaseMs)
    const job = kept === 'lost' ? null : await store.get(id)
    const work = job ? works[job.kind] : undefined
    if (!job || !work) throw new Failure('JOB_LOST', { job: id })
    return { job, work }
  }
}

function keyOf({ job, owner }: Holder): string {
  return `${job} ${owner}`
}
