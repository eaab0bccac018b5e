import { Worker } from 'node:worker_threads'
import type { Clip, ClipRequest } from './clip-reader'
import type { DecoderChoice } from '@main/media/decode/open-decoder'
import { unreadableKind } from '@main/media/unreadable-kind'
import { Caller } from '@main/process/calls'
import { threadWire } from '@main/process/thread-wire'

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

/** Starts built entries (out/main/decode-thread.js) as worker threads. */
export function threadEntry(
  entry: string,
  { decoder = 'auto', mostOpen = 32 }: Partial<ThreadStart> = {},
): StartThread {
  return () => new WorkerThread(new Worker(entry, { workerData: { decoder, mostOpen } satisfies ThreadStart }))
}

class WorkerThread implements DecodeThread {
  private readonly caller: Caller
  private ended: Error | null = null

  constructor(private readonly worker: Worker) {
    this.caller = new Caller(threadWire(worker), { kinds: [unreadableKind] })
    worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => this.fail(new Error(`A decoding thread ended with code ${code}.`)))
    // Waiting for clips keeps the process alive, an idle thread does not.
    worker.unref()
  }

  get waiting(): number {
    return this.caller.pending
  }

  /** Rejects with Unreadable, or a Failure, as the thread had it. */
  async read(request: ClipRequest): Promise<Clip> {
    if (this.ended) throw this.ended
    this.worker.ref()
    try {
      return (await this.caller.begin('read', request).answer) as Clip
    } finally {
      if (this.waiting === 0) this.worker.unref()
    }
  }

  async close(): Promise<void> {
    this.fail(new Error('The clip loader was closed.'))
    await this.worker.terminate()
  }

  private fail(error: Error): void {
    this.ended ??= error
    this.caller.lost(this.ended)
  }
}
