import { open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { Failure, failureFrom } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { z } from 'zod'
import type { BegunWork, WorkResult } from '@main/runs/work'
import {
  type Beat,
  BeatAnswer,
  type NeededFile,
  type PlacedFolder,
  type RemoteEvent,
  workerPath,
} from '@main/machines/wire'

export interface LineParts {
  /** Where the studio answers, as http://host:port. */
  studio: string
  token: string
  /** Hears of a studio that does not answer; it is asked again. */
  onAway?: (reason: string) => void
}

/** Who speaks of which job, and when to leave off. */
export interface JobLine {
  project: string
  job: JobId
  owner: string
  signal: AbortSignal
}

const longestPauseMs = 5_000
/** A large library is hashed before the first answer. */
const patienceMs = 600_000
const beatPatienceMs = 10_000
/** Bytes of a file sent at once: so much is sent again where a line breaks. */
const pieceBytes = 8 << 20
const Bytes = z.object({ bytes: z.number() })

interface Asked {
  method?: string
  body?: Uint8Array<ArrayBuffer> | string
  headers?: Record<string, string>
  signal: AbortSignal
}

/** A worker's way to the studio: calls that are tried again until they are answered, or nobody wants them any more. */
export class StudioLine {
  constructor(private readonly parts: LineParts) {}

  /** Once, since the next one comes anyway. Throws Failure WORKER_TOKEN, WORKER_VERSION, and what fetch says. */
  async beat(beat: Beat): Promise<BeatAnswer> {
    const signal = AbortSignal.timeout(beatPatienceMs)
    const response = await this.once('/beat', { ...asJson(beat), signal })
    return BeatAnswer.parse(await response.json())
  }

  async begin(of: JobLine, resumed: boolean): Promise<BegunWork & { files: NeededFile[] }> {
    const response = await this.call(of, 'begin', { resumed })
    return (await response.json()) as BegunWork & { files: NeededFile[] }
  }

  async events(of: JobLine, first: number, events: readonly RemoteEvent[]): Promise<void> {
    await this.call(of, 'events', { first, events })
  }

  async place(of: JobLine, folders: readonly PlacedFolder[]): Promise<void> {
    await this.call(of, 'place', { folders })
  }

  async finish(of: JobLine, result: WorkResult): Promise<void> {
    await this.call(of, 'finish', { result })
  }

  /** Bytes of a file from one on; once, as whoever asks goes on from what arrived. */
  blob(of: JobLine, sha256: string, from: number): Promise<Response> {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {}
    return this.once(`/${of.project}/blobs/${sha256}`, { headers, signal: of.signal })
  }

  /** Sends what of a file is not there yet. */
  async upload(of: JobLine, file: string, { sha256, bytes }: { sha256: string; bytes: number }): Promise<void> {
    const path = `/${of.project}/jobs/${of.job}/uploads/${sha256}?owner=${of.owner}`
    const { signal } = of
    let { bytes: there } = Bytes.parse(await (await this.asked(path, { signal })).json())
    const handle = await open(file)
    try {
      while (there < bytes) {
        const piece = new Uint8Array(Math.min(pieceBytes, bytes - there))
        await handle.read(piece, 0, piece.length, there)
        const sent = await this.asked(`${path}&from=${there}`, { method: 'PUT', body: piece, signal })
        there = Bytes.parse(await sent.json()).bytes
      }
    } finally {
      await handle.close()
    }
  }

  private call({ project, job, owner, signal }: JobLine, name: string, body: object): Promise<Response> {
    return this.asked(`/${project}/jobs/${job}/${name}`, { ...asJson({ ...body, owner }), signal })
  }

  /** Asks until there is an answer; later and later while there is none. */
  private async asked(path: string, request: Asked): Promise<Response> {
    for (let wait = 200; ; wait = Math.min(longestPauseMs, wait * 2)) {
      request.signal.throwIfAborted()
      try {
        const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)])
        return await this.once(path, { ...request, signal })
      } catch (error) {
        request.signal.throwIfAborted()
        if (error instanceof Failure && !mayPass(error)) throw error
        this.parts.onAway?.(error instanceof Error ? error.message : String(error))
        await pause(wait, undefined, { signal: request.signal })
      }
    }
  }

  private async once(path: string, { method, body, headers = {}, signal }: Asked): Promise<Response> {
    const { studio, token } = this.parts
    const response = await fetch(`${studio.replace(/\/+$/, '')}${workerPath}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...{ body, signal },
    })
    if (response.ok) return response
    const said = await response.text()
    throw failureIn(said) ?? new StudioAway(`${response.status}: ${said.slice(0, 300)}`, response.status)
  }
}

/** The studio answered that it cannot answer, or what stands there is none. */
export class StudioAway extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
    this.name = 'StudioAway'
  }
}

function mayPass({ code }: Failure): boolean {
  return code === 'NO_PROJECT' || code === 'QUEUE_AWAY' || code === 'DATABASE_BUSY' || code === 'DISK_FULL'
}

function failureIn(text: string): Failure | null {
  try {
    return failureFrom(JSON.parse(text) as { code?: unknown; data?: unknown })
  } catch {
    return null
  }
}

function asJson(value: unknown): Pick<Asked, 'body' | 'headers'> {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}
