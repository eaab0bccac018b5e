import { type CallOptions, MediaProcess } from './media-process'
import type { MediaCall, MediaCalls } from './media-calls'
import type { StartProcess } from '@main/process/process-channel'

/** Processes of one kind of work: a call takes the first that is free, or waits for one. */
class Lane {
  private readonly free: MediaProcess[]
  private readonly waiting: ((process: MediaProcess) => void)[] = []

  constructor(private readonly all: readonly MediaProcess[]) {
    this.free = [...all]
  }

  get hasFree(): boolean {
    return this.free.length > 0
  }

  get size(): number {
    return this.all.length
  }

  async use<T>(work: (process: MediaProcess) => Promise<T>): Promise<T> {
    const process = this.free.pop() ?? (await new Promise<MediaProcess>((resolve) => this.waiting.push(resolve)))
    try {
      return await work(process)
    } finally {
      const next = this.waiting.shift()
      if (next) next(process)
      else this.free.push(process)
    }
  }

  close(): void {
    for (const process of this.all) process.close()
  }
}

/** A few media processes: those that files are imported and written with, and one for what somebody waits for before the screen. */
export class MediaPool {
  private readonly bulk: Lane
  /** An import takes all the others, for hours; whoever looks at a picture meanwhile waits for nobody of it. */
  private readonly stage: Lane

  constructor(startProcess: StartProcess, size = 2) {
    const lane = (count: number) => new Lane(Array.from({ length: count }, () => new MediaProcess(startProcess)))
    this.bulk = lane(size)
    this.stage = lane(1)
  }

  /** How many files are imported or written at a time. */
  get size(): number {
    return this.bulk.size
  }

  /** As MediaProcess.call. */
  call<C extends MediaCall>(
    call: C,
    input: MediaCalls[C]['in'],
    options: CallOptions = {},
  ): Promise<MediaCalls[C]['out']> {
    return this.laneOf(call).use((process) => process.call(call, input, options))
  }

  /** Ends the processes; running calls reject. */
  close(): void {
    this.bulk.close()
    this.stage.close()
  }

  private laneOf(call: MediaCall): Lane {
    if (call !== 'pictures' && call !== 'follow') return this.bulk
    return !this.stage.hasFree && this.bulk.hasFree ? this.bulk : this.stage
  }
}
