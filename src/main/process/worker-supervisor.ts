import { failureFrom } from '@shared/failures'
import type { ProcessChannel, StartProcess } from './process-channel'
import { WorkerLost } from './worker-lost'
import type { FromWorker, PlainError } from './worker-protocol'

export interface SupervisorLimits {
  /** From the request to stop to the kill. */
  graceMs: number
  /** Longest silence of a process that works; one step of a large network may hold it for minutes. */
  silenceMs: number
  /** First pause before a process that died is started again; doubles with each death in a row. */
  backOffMs: number
  /** After so long without a task the process ends and gives its memory back; 0 keeps it. */
  idleMs: number
}

const usual: SupervisorLimits = { graceMs: 10_000, silenceMs: 600_000, backOffMs: 500, idleMs: 0 }
const longestBackOffMs = 30_000

export interface TaskOptions {
  signal?: AbortSignal
  onEvent?: (event: unknown) => void
}

interface Pending {
  id: number
  task: string
  input: unknown
  options: TaskOptions
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * One worker process seen from the host: tasks one after the other, started when first needed, started again after a
 * death (later and later), asked to stop before it is killed.
 */
export class WorkerSupervisor {
  private channel: ProcessChannel | null = null
  private current: Pending | null = null
  private readonly waiting: Pending[] = []
  private readonly limits: SupervisorLimits
  private nextId = 1
  private deaths = 0
  private timers: { silence?: NodeJS.Timeout; grace?: NodeJS.Timeout; idle?: NodeJS.Timeout } = {}
  private closed = false

  constructor(
    private readonly startProcess: StartProcess,
    limits: Partial<SupervisorLimits> = {},
  ) {
    this.limits = { ...usual, ...limits }
  }

  /** Runs a task when its turn comes. Rejects with what it threw, Failure INTERRUPTED when stopped, or WorkerLost. */
  run(task: string, input: unknown, options: TaskOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new WorkerLost('closed'))
      if (options.signal?.aborted) return reject(options.signal.reason as Error)
      const pending: Pending = { id: this.nextId++, task, input, options, resolve, reject }
      const stop = () => this.stop(pending)
      options.signal?.addEventListener('abort', stop, { once: true })
      pending.resolve = (value) => {
        options.signal?.removeEventListener('abort', stop)
        resolve(value)
      }
      pending.reject = (error) => {
        options.signal?.removeEventListener('abort', stop)
        reject(error as Error)
      }
      this.waiting.push(pending)
      this.advance()
    })
  }

  /** Lets the next task start in a new process; a task that runs is left alone. */
  renew(): void {
    if (this.current) return
    const { channel } = this
    this.channel = null
    channel?.kill()
  }

  /** Ends the process; the running task and those that wait reject. */
  close(): void {
    this.closed = true
    for (const pending of this.waiting.splice(0)) pending.reject(new WorkerLost('closed'))
    this.end('closed')
  }

  private advance(): void {
    if (this.current || this.closed) return
    const next = this.waiting.shift()
    if (!next) return this.rest()
    this.current = next
    clearTimeout(this.timers.idle)
    const pause = this.deaths === 0 ? 0 : Math.min(longestBackOffMs, this.limits.backOffMs * 2 ** (this.deaths - 1))
    if (this.channel || pause === 0) return this.send(next)
    setTimeout(() => {
      if (this.current === next) this.send(next)
    }, pause)
  }

  private send(pending: Pending): void {
    this.channel ??= this.open()
    this.heardFrom()
    this.channel.send({ id: pending.id, task: pending.task, input: pending.input })
  }

  private open(): ProcessChannel {
    const channel = this.startProcess()
    channel.onMessage((message) => {
      if (this.channel === channel) this.hear(message as FromWorker)
    })
    channel.onExit((how) => {
      if (this.channel !== channel) return
      this.channel = null
      this.died(how)
    })
    return channel
  }

  private hear(message: FromWorker): void {
    this.heardFrom()
    const { current } = this
    if (!current || 'alive' in message || message.id !== current.id) return
    if ('event' in message) return current.options.onEvent?.(message.event)
    this.deaths = 0
    this.settle(({ resolve, reject }) => ('error' in message ? reject(revived(message.error)) : resolve(message.value)))
  }

  private heardFrom(): void {
    clearTimeout(this.timers.silence)
    if (!this.current) return
    const { silenceMs } = this.limits
    this.timers.silence = setTimeout(() => this.end(`no sign of life for ${Math.round(silenceMs / 1000)} s`), silenceMs)
    this.timers.silence.unref()
  }

  /** A task that waits leaves at once; a running one is asked, and ended with its process if it does not listen. */
  private stop(pending: Pending): void {
    const at = this.waiting.indexOf(pending)
    if (at >= 0) {
      this.waiting.splice(at, 1)
      return pending.reject(pending.options.signal?.reason)
    }
    if (this.current !== pending) return
    if (!this.channel) return this.settle(({ reject }) => reject(pending.options.signal?.reason))
    this.channel.send({ cancel: pending.id })
    this.timers.grace = setTimeout(() => this.end('did not stop when asked'), this.limits.graceMs)
  }

  private died(how: string): void {
    if (!this.closed) this.deaths++
    const stopped = this.current?.options.signal
    this.settle(({ reject }) => reject(stopped?.aborted ? stopped.reason : new WorkerLost(how)))
  }

  private end(how: string): void {
    const { channel } = this
    this.channel = null
    channel?.kill()
    clearTimeout(this.timers.idle)
    this.died(how)
  }

  private settle(how: (pending: Pending) => void): void {
    clearTimeout(this.timers.silence)
    clearTimeout(this.timers.grace)
    const { current } = this
    this.current = null
    if (current) how(current)
    this.advance()
  }

  private rest(): void {
    if (this.limits.idleMs === 0 || !this.channel) return
    this.timers.idle = setTimeout(() => this.renew(), this.limits.idleMs)
    this.timers.idle.unref()
  }
}

function revived(error: PlainError): Error {
  const failure = failureFrom(error)
  if (failure) return failure
  const other = new Error(error.message)
  if (error.stack) other.stack = error.stack
  return other
}
