import { Failure } from '@shared/failures'
import { Caller } from '@main/process/calls'
import type { ImportStep } from './import/import-media'
import type { MediaCall, MediaCalls } from './media-calls'
import { unreadableKind } from './unreadable-kind'
import type { ProcessChannel, StartProcess } from '@main/process/process-channel'

/** A header is read in milliseconds; a process that takes this long hangs. */
const probeLimitMs = 10_000
/** Between two signs of life later on; one 4K picture on a busy machine takes well under a second. */
const silenceLimitMs = 60_000
/** For the process to take its ffmpeg along before it is killed. */
const graceMs = 300

/** The media process ended, or hung and was ended, in the middle of a call. */
export class MediaProcessLost extends Error {
  constructor(readonly how: string) {
    super(`The media process ended: ${how}`)
    this.name = 'MediaProcessLost'
  }
}

export interface CallOptions {
  signal?: AbortSignal
  onStep?: (step: ImportStep) => void
}

interface Opened {
  channel: ProcessChannel
  caller: Caller
  /** Why it was asked to end; null where it ended by itself. */
  why: unknown
}

/**
 * One media process, seen from outside: a call at a time, started when first needed, killed and started again when a
 * file hangs or takes it down, or when a call is given up.
 */
export class MediaProcess {
  private opened: Opened | null = null
  private busy = false
  private watch: NodeJS.Timeout | null = null

  constructor(private readonly startProcess: StartProcess) {}

  /** Rejects with Unreadable, MediaProcessLost or Failure (INTERRUPTED when stopped). One call at a time. */
  async call<C extends MediaCall>(
    call: C,
    input: MediaCalls[C]['in'],
    options: CallOptions = {},
  ): Promise<MediaCalls[C]['out']> {
    const { signal } = options
    if (signal?.aborted) throw stopped(signal)
    if (this.busy) throw new Error('this media process is busy')
    this.busy = true
    const giveUp = () => this.end(stopped(signal))
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      return (await this.ask(call, input, options)) as MediaCalls[C]['out']
    } finally {
      signal?.removeEventListener('abort', giveUp)
      if (this.watch) clearTimeout(this.watch)
      this.busy = false
    }
  }

  /** Ends the process; a running call rejects. */
  close(): void {
    this.end(new MediaProcessLost('closed'))
  }

  private ask(call: MediaCall, input: unknown, { onStep }: CallOptions): Promise<unknown> {
    const limit = (step: ImportStep['step']) => this.expectSignOfLife(step === 'probe' ? probeLimitMs : silenceLimitMs)
    this.opened ??= this.open()
    limit('decode')
    return this.opened.caller.begin(call, input, (event) => {
      const step = event as ImportStep
      limit(step.step)
      onStep?.(step)
    }).answer
  }

  private open(): Opened {
    const channel = this.startProcess()
    const caller = new Caller(channel, { kinds: [unreadableKind] })
    const opened: Opened = { channel, caller, why: null }
    channel.onExit((how) => {
      if (this.opened === opened) this.opened = null
      caller.lost(opened.why ?? new MediaProcessLost(how))
    })
    return opened
  }

  private expectSignOfLife(limitMs: number): void {
    if (this.watch) clearTimeout(this.watch)
    const seconds = Math.round(limitMs / 1000)
    this.watch = setTimeout(() => this.end(new MediaProcessLost(`no sign of life for ${seconds} s`)), limitMs)
  }

  /** Ends the process and rejects the running call when it is gone, so that what it left can be cleared away. */
  private end(why: unknown): void {
    const { opened } = this
    this.opened = null
    if (!opened) return
    opened.why = why
    const kill = setTimeout(() => opened.channel.kill(), graceMs)
    opened.channel.onExit(() => clearTimeout(kill))
    opened.caller.stop()
  }
}

function stopped(signal: AbortSignal | undefined): Failure {
  return new Failure('INTERRUPTED', {}, { cause: signal?.reason })
}
