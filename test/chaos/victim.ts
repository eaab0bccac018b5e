import { setTimeout as wait } from 'node:timers/promises'
import type { TrackId, VideoId } from '@shared/ids'
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
