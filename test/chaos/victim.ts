import { setTimeout as wait } from 'node:timers/promises'
import type { JobState } from '@shared/contract/jobs'
import type { JobId, RunId, TrackId, VideoId } from '@shared/ids'
import { type Served, served } from '../support/served'

/** An edit that was sent: a key frame at `frame`. */
export interface Edit {
  video: VideoId
  track: TrackId
  frame: number
}

/** A host that is about to be killed, and what it acknowledged. */
export class Victim {
  readonly acknowledged: Edit[] = []
  /** Codes of what it refused, each once. */
  readonly refused = new Set<string>()
  private killed = false
  private next = 1

  private constructor(readonly host: Served) {}

  static async start(main: string, home: string): Promise<Victim> {
    return new Victim(await served(main, home))
  }

  /** Whether it ended though nobody killed it. */
  get died(): boolean {
    return !this.killed && (this.host.process.exitCode !== null || this.host.process.signalCode !== null)
  }

  async call(path: string, body?: unknown): Promise<{ ok: boolean; answer: unknown }> {
    const response = await fetch(`${this.host.address}/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.host.token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    })
    return { ok: response.ok, answer: await response.json() }
  }

  /** Opens a project; throws what it answered where it does not. */
  async open(path: string): Promise<void> {
    const { ok, answer } = await this.call('/project', { path })
    if (!ok) throw new Error(`it did not open ${path}: ${JSON.stringify(answer)}`)
  }

  /** Brings clips in, each in the class that its folder is named after. */
  async import(paths: readonly string[]): Promise<void> {
    const { job } = (await this.asked('/imports', { paths, classFrom: 'folder', split: 'train' })) as { job: JobId }
    for (let state = await this.stateOf(job); state !== 'done'; state = await this.stateOf(job)) {
      if (state !== 'queued' && state !== 'running') throw new Error(`the import is ${state}`)
      await wait(50)
    }
  }

  /** Begins to train a small classifier for longer than a round lasts. */
  async train(): Promise<{ run: RunId; job: JobId }> {
    const config = {
      ...{ size: 16, frames: 4, stem: 4, widths: [4, 4, 4, 4], batch: 4, epochs: 500, validation: 0 },
      poolAfter: ['stem'],
    }
    return (await this.asked('/runs', { kind: 'classifier', config })) as { run: RunId; job: JobId }
  }

  /** Whether training that another host was cut off in goes on here: new points of its curves come. */
  async goesOn({ run, job }: { run: RunId; job: JobId }): Promise<boolean> {
    const from = Date.now()
    const latest = from + 180_000
    while (Date.now() < latest) {
      const points = (await this.asked(`/runs/${run}/metrics`)) as { at: number }[]
      if (points.some(({ at }) => at > from)) return true
      const state = await this.stateOf(job)
      if (state === 'failed' || state === 'cancelled') return false
      // Until its lease is over, it is held for a host that might still live.
      if (state === 'interrupted') await this.asked(`/jobs/${job}/resume`, {})
      await wait(100)
    }
    return false
  }

  private async stateOf(job: JobId): Promise<JobState> {
    return ((await this.asked(`/jobs/${job}`)) as { state: JobState }).state
  }

  /** Throws what was refused. */
  private async asked(path: string, body?: unknown): Promise<unknown> {
    const { ok, answer } = await this.call(path, body)
    if (!ok) throw new Error(`${path} was refused: ${JSON.stringify(answer)}`)
    return answer
  }

  /** One edit after the other by each of `clients`, until `until` ends or the host does. */
  async editUntil(of: Omit<Edit, 'frame'>, clients: number, until: Promise<unknown>): Promise<void> {
    let over = false
    const ended = until.then(() => void (over = true))
    const one = async () => {
      while (!over && !this.killed) await this.edit({ ...of, frame: this.next++ }).catch(() => (over = true))
    }
    await Promise.all([ended, ...Array.from({ length: clients }, one)])
  }

  /** Whether it was acknowledged. Throws where nobody answers. */
  async edit(edit: Edit): Promise<boolean> {
    const { video, track, frame } = edit
    const value = { box: { x1: frame % 300, y1: 0, x2: (frame % 300) + 10, y2: 9 }, outside: false, occluded: false }
    const { ok, answer } = await this.call(`/videos/${video}/tracks/${track}/keyframes`, { frame, value })
    if (ok) this.acknowledged.push(edit)
    else {
      this.refused.add((answer as { code: string }).code)
      await wait(20)
    }
    return ok
  }

  async kill(): Promise<void> {
    const { process: child } = this.host
    if (child.exitCode !== null || child.signalCode !== null) return
    this.killed = true
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}
