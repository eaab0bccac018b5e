import { Worker } from 'node:worker_threads'
import type { Clip, ClipRequest } from './clip-reader'
import type { DecoderChoice } from '@main/media/decode/open-decoder'

/** To a decoding thread. */
export interface ThreadRequest {
  id: number
  request: ClipRequest
}

/** From a decoding thread. */
export type ThreadReply = { id: number; clip: Clip } | { id: number; error: string }

/** What a decoding thread is started with. */
export interface ThreadStart {
  decoder: DecoderChoice
  mostOpen: number
}

/** A thread that reads clips. */
export interface DecodeThread {
  /** Clips asked for and not there yet. */
  readonly waiting: number
  read(request: ClipRequest): Promise<Clip>
  close(): Promise<void>
}

export type StartThread = () => DecodeThread

interface Pending {
  resolve: (clip: Clip) => void
  reject: (error: Error) => void
}

/** Starts built entries (out/main/decode-thread.js) as worker threads. */
export function threadEntry(
  entry: string,
  { decoder = 'auto', mostOpen = 32 }: Partial<ThreadStart> = {},
): StartThread {
  return () => new WorkerThread(new Worker(entry, { workerData: { decoder, mostOpen } satisfies ThreadStart }))
}

class WorkerThread implements DecodeThread {
  private readonly pending = new Map<number, Pending>()
  private nextId = 1
  private ended: Error | null = null

  constructor(private readonly worker: Worker) {
    worker.on('message', (reply: ThreadReply) => this.settle(reply))
    worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => this.fail(new Error(`A decoding thread ended with code ${code}.`)))
    // Waiting for clips keeps the process alive, an idle thread does not.
    worker.unref()
  }

  get waiting(): number {
    return this.pending.size
  }

  read(request: ClipRequest): Promise<Clip> {
    if (this.ended) return Promise.reject(this.ended)
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.pending.set(id, { resolve, reject })
      this.worker.ref()
      this.worker.postMessage({ id, request } satisfies ThreadRequest)
    })
  }

  async close(): Promise<void> {
    this.fail(new Error('The clip loader was closed.'))
    await this.worker.terminate()
  }

  private settle(reply: ThreadReply): void {
    const pending = this.pending.get(reply.id)
    this.pending.delete(reply.id)
    if (this.pending.size === 0) this.worker.unref()
    if ('error' in reply) pending?.reject(new Error(reply.error))
    else pending?.resolve(reply.clip)
  }

  private fail(error: Error): void {
    this.ended ??= error
    for (const { reject } of this.pending.values()) reject(this.ended)
    this.pending.clear()
  }
}
