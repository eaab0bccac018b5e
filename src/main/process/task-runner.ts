import { Failure } from '@shared/failures'
import type { ParentChannel } from './process-channel'
import { type FromWorker, type PlainError, type ToWorker, aliveEveryMs } from './worker-protocol'

export interface TaskContext {
  signal: AbortSignal
  emit: (event: unknown) => void
}

/** Does one task: what comes back must survive a structured clone. */
export type Task = (input: unknown, context: TaskContext) => Promise<unknown>

/** The inside of the worker process: does what it is asked, and says that it is alive meanwhile. */
export class TaskRunner {
  private readonly running = new Map<number, AbortController>()

  constructor(
    private readonly parent: ParentChannel,
    private readonly tasks: Readonly<Record<string, Task>>,
    private readonly exit: (code: number) => void,
  ) {}

  start(): void {
    this.parent.onMessage((message) => void this.hear(message as ToWorker))
    // Whoever started us is gone: nobody could take the result.
    this.parent.onGone(() => this.exit(0))
  }

  private async hear(message: ToWorker): Promise<void> {
    if ('stop' in message) return this.exit(0)
    if ('cancel' in message) return this.running.get(message.cancel)?.abort(new Failure('INTERRUPTED', {}))
    const { id, task, input } = message
    const stop = new AbortController()
    this.running.set(id, stop)
    const alive = setInterval(() => this.send({ alive: true }), aliveEveryMs)
    try {
      const run = this.tasks[task]
      if (!run) throw new Error(`the worker knows no task ${task}`)
      const value = await run(input, { signal: stop.signal, emit: (event) => this.send({ id, event }) })
      this.send({ id, value })
    } catch (error) {
      this.send({ id, error: plain(error) })
    } finally {
      clearInterval(alive)
      this.running.delete(id)
    }
  }

  private send(message: FromWorker): void {
    this.parent.send(message)
  }
}

function plain(error: unknown): PlainError {
  if (error instanceof Failure) return { message: error.message, code: error.code, data: error.data }
  if (error instanceof Error) return { message: error.message, stack: error.stack }
  return { message: String(error) }
}
