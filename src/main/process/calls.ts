import { createBirpc } from 'birpc'
import { Failure } from '@shared/failures'
import { type ErrorKind, type PlainError, plainError, revivedError } from './plain-error'

/** A way for messages to and fro: a process, its parent, or a thread. Messages are copied as structured clones. */
export interface Wire {
  /** `transfer`: memory that is handed over instead of copied, where the way can do that. */
  send(message: unknown, transfer?: readonly ArrayBuffer[]): void
  onMessage(hear: (message: unknown) => void): void
}

type Outcome = { value: unknown } | { error: PlainError }

/** What the side that does the work can be told. */
interface Worker {
  call(id: number, name: string, input: unknown): Promise<Outcome>
  cancel(id: number): void
  stop(): void
}

/** What the side that asks can be told. */
interface Asker {
  event(id: number, event: unknown): void
  alive(): void
}

/** An answer may take as long as it takes; whoever waits has limits of its own. */
const noTimeout = -1
const aliveEveryMs = 2_000

export interface CallTools {
  signal: AbortSignal
  emit: (event: unknown) => void
}

export type Handler = (input: unknown, tools: CallTools) => Promise<unknown>

export interface AnswerOptions {
  /** The other side asks for the end of this process. */
  onStop: () => void
  kinds?: readonly ErrorKind[]
  /** Memory of an answer that is not needed here any more. */
  transferOf?: (value: unknown) => readonly ArrayBuffer[]
}

/** Answers calls by name, several at a time if need be, and says every few seconds that it is alive meanwhile. */
export function answerCalls(wire: Wire, handlers: Readonly<Record<string, Handler>>, options: AnswerOptions): void {
  const { onStop, kinds, transferOf } = options
  const running = new Map<number, AbortController>()
  const answer = async (id: number, name: string, input: unknown): Promise<Outcome> => {
    const stop = new AbortController()
    running.set(id, stop)
    const alive = setInterval(() => void asker.alive.asEvent(), aliveEveryMs)
    try {
      const handler = handlers[name]
      if (!handler) throw new Error(`nothing here answers ${name}`)
      return {
        value: await handler(input, { signal: stop.signal, emit: (event) => void asker.event.asEvent(id, event) }),
      }
    } catch (error) {
      return { error: plainError(error, kinds) }
    } finally {
      clearInterval(alive)
      running.delete(id)
    }
  }
  const asker = createBirpc<Asker, Worker>(
    { call: answer, cancel: (id) => running.get(id)?.abort(new Failure('INTERRUPTED', {})), stop: onStop },
    {
      // `r` is where a response has its result.
      post: (message: { r?: Outcome }) => {
        const { r: outcome } = message
        wire.send(message, outcome && 'value' in outcome ? transferOf?.(outcome.value) : undefined)
      },
      on: (hear) => wire.onMessage(hear),
      timeout: noTimeout,
    },
  )
}

/** A call under way. */
export interface Call {
  /** What came of it; errors keep their kind. */
  answer: Promise<unknown>
  /** Asks the other side to stop; the answer then is what it makes of that. */
  cancel: () => void
}

export interface CallerOptions {
  kinds?: readonly ErrorKind[]
  /** The other side gave a sign of life. */
  onSign?: () => void
}

/** Asks the other side of a wire. */
export class Caller {
  private readonly worker
  private readonly running = new Map<number, { onEvent: (event: unknown) => void; fail: (error: unknown) => void }>()
  private nextId = 1

  constructor(
    wire: Wire,
    private readonly options: CallerOptions = {},
  ) {
    const sign = () => options.onSign?.()
    this.worker = createBirpc<Worker, Asker>(
      {
        alive: sign,
        event: (id, event) => {
          sign()
          this.hear(id, event)
        },
      },
      { post: (message) => wire.send(message), on: (hear) => wire.onMessage(hear), timeout: noTimeout },
    )
  }

  /** Calls not answered yet. */
  get pending(): number {
    return this.running.size
  }

  /** Begins a call. An event that whoever asked cannot take ends this call with its error, and nothing else. */
  begin(name: string, input: unknown, onEvent: (event: unknown) => void = () => {}): Call {
    const id = this.nextId++
    const cancel = () => void this.worker.cancel.asEvent(id)
    const answer = new Promise<unknown>((resolve, reject) => {
      const fail = (error: unknown) => {
        this.running.delete(id)
        reject(error as Error)
      }
      this.running.set(id, { onEvent, fail })
      this.worker.call(id, name, input).then((outcome) => {
        if (!this.running.delete(id)) return
        if ('error' in outcome) reject(revivedError(outcome.error, this.options.kinds))
        else resolve(outcome.value)
      }, fail)
    })
    return { answer, cancel }
  }

  /** Asks the other side to end. */
  stop(): void {
    void this.worker.stop.asEvent()
  }

  /** The other side is gone: nothing under way will be answered. */
  lost(why: unknown): void {
    for (const { fail } of [...this.running.values()]) fail(why)
  }

  private hear(id: number, event: unknown): void {
    const call = this.running.get(id)
    try {
      call?.onEvent(event)
    } catch (error) {
      void this.worker.cancel.asEvent(id)
      call?.fail(error)
    }
  }
}
