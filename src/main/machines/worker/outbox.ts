import { setTimeout as pause } from 'node:timers/promises'
import type { RunId } from '@shared/ids'
import type { WorkResult } from '@main/runs/work'
import type { WorkerEvent } from '@main/runs/worker-tasks'
import type { RemoteEvent } from '@main/machines/wire'
import type { JobFolder, Snapshot } from './job-folder'
import type { JobLine, StudioLine } from './studio-line'

const mostEvents = 200
const lookAgainMs = 50

export interface OutboxParts {
  line: StudioLine
  of: JobLine
  folder: JobFolder
  /** Null for a job that makes no files. */
  run: RunId | null
}

/**
 * What a job makes, on its way to the studio: rows in their order, and the files of its run after the rows that belong to
 * them, so that whoever goes on from those files has every row before. While the studio is away it waits here.
 */
export class Outbox {
  private readonly waiting: RemoteEvent[] = []
  private sent = 0
  /** There is a state that was not sent. */
  private isDue = false
  /** Of the newest state that was spoken of. */
  private epoch = -1
  private sending: Promise<void> | null = null
  private broken: ((error: unknown) => void) | null = null
  /** Rejects when the studio takes nothing more of this job. */
  readonly failed: Promise<never>

  constructor(private readonly parts: OutboxParts) {
    this.failed = new Promise<never>((_, reject) => (this.broken = reject))
    // Heard by whoever works.
    this.failed.catch(() => {})
  }

  hear(event: Exclude<WorkerEvent, { kind: 'progress' }>): void {
    this.waiting.push(event)
    if (event.kind === 'checkpoint') this.epoch = event.checkpoint.epoch
    if (event.kind === 'checkpoint' || event.kind === 'headline') this.isDue = true
    this.sending ??= this.send()
      .catch((error: unknown) => this.broken?.(error))
      .finally(() => (this.sending = null))
  }

  /** Sends the rest, and the files as they are when nobody writes any more. */
  async flush(): Promise<void> {
    await Promise.race([this.sending, this.failed])
    await this.sendEvents()
    await this.sendFiles(await this.atRest())
  }

  /** Sends the rest and what came of it; the job is done then. */
  async finish(result: WorkResult): Promise<void> {
    await this.flush()
    await this.parts.line.finish(this.parts.of, result)
  }

  private async send(): Promise<void> {
    while (this.waiting.length > 0 || this.isDue) {
      if (this.waiting.length > 0) await this.sendEvents()
      else await this.sendState()
    }
  }

  private async sendEvents(): Promise<void> {
    const { line, of } = this.parts
    while (this.waiting.length > 0) {
      const some = this.waiting.slice(0, mostEvents)
      await line.events(of, this.sent, some)
      this.waiting.splice(0, some.length)
      this.sent += some.length
    }
  }

  /** A state whose rows have not come yet is sent after them. */
  private async sendState(): Promise<void> {
    this.isDue = false
    const snapshot = await this.now()
    if (snapshot && (snapshot.epoch ?? -1) <= this.epoch) return this.sendFiles(snapshot)
    this.isDue = true
    if (this.waiting.length === 0) await pause(lookAgainMs, undefined, { signal: this.parts.of.signal })
  }

  private async now(): Promise<Snapshot | null> {
    const { folder, run } = this.parts
    return run ? folder.snapshot(run) : { folders: [], epoch: null }
  }

  /** The files when nobody writes any more. */
  private async atRest(): Promise<Snapshot> {
    const snapshot = await this.now()
    if (!snapshot) throw new Error('the files of the run do not fit each other')
    return snapshot
  }

  private async sendFiles({ folders }: Snapshot): Promise<void> {
    const { line, of, folder } = this.parts
    for (const file of folders.flatMap(({ files }) => files)) await line.upload(of, file.file, file)
    const placed = folders.map(({ name, files }) => ({
      name,
      files: files.map(({ path, sha256 }) => ({ path, sha256 })),
    }))
    if (placed.length > 0) await line.place(of, placed)
    folder.clearSnapshots()
  }
}
