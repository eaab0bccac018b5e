import { type CallOptions, MediaProcess } from './media-process'
import type { MediaCall, MediaCalls } from './media-calls'
import type { StartProcess } from '@main/process/process-channel'

/** A few media processes; a call takes the first that is free, or waits for one. */
export class MediaPool {
  private readonly free: MediaProcess[]
  private readonly all: readonly MediaProcess[]
  private readonly waiting: ((process: MediaProcess) => void)[] = []

  constructor(startProcess: StartProcess, size = 2) {
    this.all = Array.from({ length: size }, () => new MediaProcess(startProcess))
    this.free = [...this.all]
  }

  get size(): number {
    return this.all.length
  }

  /** As MediaProcess.call. */
  async call<C extends MediaCall>(
    call: C,
    input: MediaCalls[C]['in'],
    options: CallOptions = {},
  ): Promise<MediaCalls[C]['out']> {
    const process = this.free.pop() ?? (await new Promise<MediaProcess>((resolve) => this.waiting.push(resolve)))
    try {
      return await process.call(call, input, options)
    } finally {
      const next = this.waiting.shift()
      if (next) next(process)
      else this.free.push(process)
    }
  }

  /** Ends the processes; running calls reject. */
  close(): void {
    for (const process of this.all) process.close()
  }
}
