import { type Call, Caller } from './calls'
import type { ProcessChannel, StartProcess } from './process-channel'
import { WorkerLost } from './worker-lost'

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
  task: string
  input: unknown
  options: TaskOptions
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  /** Once it has been sent. */
  call: Call | null
}

interface Opened {
  channel: ProcessChannel
  caller: Caller
}

/**
 * One worker process seen from the host: tasks one after the other, started when first needed, started again after a
 * death (later and later), asked to stop before it is killed.
 */
export class WorkerSupervisor {
  private opened: Opened | null = null
  private current: Pending | null = null
  private readonly waiting: Pending[] = []
  private readonly limits: SupervisorLimits
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
      const pending: Pending = { task, input, options, resolve, reject, call: null }
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
    const { opened } = this
    this.opened = null
    opened?.channel.kill()
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
    if (this.opened || pause === 0) return this.send(next)
    setTimeout(() => {
      if (this.current === next) this.send(next)
    }, pause)
  }

  private send(pending: Pending): void {
    this.opened ??= this.open()
    this.heardFrom()
    const { onEvent } = pending.options
    pending.call = this.opened.caller.begin(pending.task, pending.input, onEvent)
    // Of a process that is gone only its end counts, which is heard of elsewhere.
    const answered = (how: (task: Pending) => void) => {
      if (this.current !== pending) return
      this.deaths = 0
      this.settle(how)
    }
    pending.call.answer.then(
      (value) => answered(({ resolve }) => resolve(value)),
      (error: unknown) => answered(({ reject }) => reject(error)),
    )
  }

  private open(): Opened {
    const channel = this.startProcess()
    const isCurrent = () => this.opened?.channel === channel
    const caller = new Caller(channel, { onSign: () => isCurrent() && this.heardFrom() })
    channel.onExit((how) => {
      if (!isCurrent()) return
      this.opened = null
      this.died(how)
    })
    return { channel, caller }
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
    if (!pending.call) return this.settle(({ reject }) => reject(pending.options.signal?.reason))
    pending.call.cancel()
    this.timers.grace = setTimeout(() => this.end('did not stop when asked'), this.limits.graceMs)
  }

  private died(how: string): void {
    if (!this.closed) this.deaths++
    const stopped = this.current?.options.signal
    this.settle(({ reject }) => reject(stopped?.aborted ? stopped.reason : new WorkerLost(how)))
  }

  private end(how: string): void {
    const { opened } = this
    this.opened = null
    opened?.channel.kill()
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
    if (this.limits.idleMs === 0 || !this.opened) return
    this.timers.idle = setTimeout(() => this.renew(), this.limits.idleMs)
    this.timers.idle.unref()
  }
}
