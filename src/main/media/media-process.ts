import { Failure, failureFrom } from '@shared/failures'
import { Unreadable } from './decode/contract/decoder'
import type { ImportStep } from './import/import-media'
import type { MediaCall, MediaCalls, MediaReply } from './media-calls'
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

interface Pending {
  id: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  onStep: (step: ImportStep) => void
}

/**
 * One media process, seen from outside: a call at a time, started when first needed, killed and started again when a
 * file hangs or takes it down, or when a call is given up.
 */
export class MediaProcess {
  private channel: ProcessChannel | null = null
  private pending: Pending | null = null
  private nextId = 1
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
    if (this.pending) throw new Error('this media process is busy')
    const giveUp = () => this.end(stopped(signal))
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      return (await this.ask(call, input, options)) as MediaCalls[C]['out']
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  /** Ends the process; a running call rejects. */
  close(): void {
    this.end(new MediaProcessLost('closed'))
  }

  private ask(call: MediaCall, input: unknown, { onStep }: CallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      const limit = (step: ImportStep['step']) =>
        this.expectSignOfLife(step === 'probe' ? probeLimitMs : silenceLimitMs)
      this.pending = {
        id,
        resolve,
        reject,
        onStep: (step) => {
          limit(step.step)
          onStep?.(step)
        },
      }
      this.channel ??= this.open()
      limit('decode')
      this.channel.send({ id, call, input })
    })
  }

  private open(): ProcessChannel {
    const channel = this.startProcess()
    channel.onMessage((message) => this.hear(message as MediaReply))
    channel.onExit((how) => {
      if (this.channel !== channel) return
      this.channel = null
      this.settle((pending) => pending.reject(new MediaProcessLost(how)))
    })
    return channel
  }

  private hear(reply: MediaReply): void {
    const { pending } = this
    if (!pending || pending.id !== reply.id) return
    if ('step' in reply) return pending.onStep(reply.step)
    this.settle(({ resolve, reject }) => ('error' in reply ? reject(revived(reply.error)) : resolve(reply.value)))
  }

  private settle(how: (pending: Pending) => void): void {
    const { pending } = this
    this.pending = null
    if (this.watch) clearTimeout(this.watch)
    if (pending) how(pending)
  }

  private expectSignOfLife(limitMs: number): void {
    if (this.watch) clearTimeout(this.watch)
    const seconds = Math.round(limitMs / 1000)
    this.watch = setTimeout(() => this.end(new MediaProcessLost(`no sign of life for ${seconds} s`)), limitMs)
  }

  /** Ends the process and rejects the running call when it is gone, so that what it left can be cleared away. */
  private end(why: unknown): void {
    const { channel, pending } = this
    this.channel = null
    const reject = () => pending && pending === this.pending && this.settle((lost) => lost.reject(why))
    if (!channel) return void reject()
    const kill = setTimeout(() => channel.kill(), graceMs)
    channel.onExit(() => {
      clearTimeout(kill)
      reject()
    })
    channel.send({ stop: true })
  }
}

function stopped(signal: AbortSignal | undefined): Failure {
  return new Failure('INTERRUPTED', {}, { cause: signal?.reason })
}

function revived(error: Extract<MediaReply, { error: unknown }>['error']): Error {
  if (error.reason !== undefined) return new Unreadable(error.reason, error.detail)
  return failureFrom(error) ?? new Error(error.message)
}
