import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { JobKind } from '@shared/contract/jobs'
import { JobId } from '@shared/ids'

/** A job's place in the line of its kind. */
const Place = z.object({ id: JobId, seq: z.number(), priority: z.number() })
export type Place = z.infer<typeof Place> & {
  kind: JobKind
  /** How often it was given a place: a new one never meets an old one of the same job. */
  turn: number
}

/** BullMQ's ranks run from 1, first, to this, last; ours from the larger to the smaller around 0. */
const lastRank = 2_097_152
const middleRank = lastRank / 2

/**
 * The jobs of each kind that may begin now, in the order in which they should: a queue of BullMQ for each kind, which gives
 * every place to one host alone. What else is known of a job is in its record.
 */
export class WaitingLine {
  private readonly queues = new Map<JobKind, Queue>()
  private readonly takers = new Map<JobKind, Worker>()

  constructor(
    private readonly connection: Redis,
    /** Before the names of BullMQ's keys. */
    private readonly prefix: string,
    private readonly onError: (error: Error) => void,
  ) {}

  async join({ id, kind, turn, priority, seq }: Place): Promise<void> {
    const queue = this.queueOf(kind)
    // What its last place was, where a host died between being given it and saying so.
    if (turn > 1) await queue.remove(`${id}.${turn - 1}`)
    await queue.add(
      kind,
      { id, seq, priority },
      { jobId: `${id}.${turn}`, priority: rankOf(priority), removeOnComplete: true, removeOnFail: true },
    )
  }

  /** The job whose turn it is among these kinds: the highest rank, then the oldest. It is nobody else's turn then. */
  async next(kinds: readonly JobKind[], owner: string): Promise<JobId | null> {
    const kind = await this.first(kinds)
    if (!kind) return null
    const place = await this.takerOf(kind).getNextJob(owner, { block: false })
    if (!place) return this.next(kinds, owner)
    const { id } = Place.parse(place.data)
    await place.moveToCompleted(null, owner, false)
    return id
  }

  async close(): Promise<void> {
    const all = [...this.queues.values(), ...this.takers.values()]
    await Promise.allSettled(all.map((one) => one.close()))
  }

  private async first(kinds: readonly JobKind[]): Promise<JobKind | null> {
    const heads = await Promise.all(kinds.map(async (kind) => ({ kind, head: await this.head(kind) })))
    const waiting = heads.flatMap(({ kind, head }) => (head ? [{ kind, ...head }] : []))
    waiting.sort((a, b) => b.priority - a.priority || a.seq - b.seq)
    return waiting[0]?.kind ?? null
  }

  private async head(kind: JobKind): Promise<z.infer<typeof Place> | null> {
    const [first] = await this.queueOf(kind).getPrioritized(0, 0)
    return first ? Place.parse(first.data) : null
  }

  private queueOf(kind: JobKind): Queue {
    const { connection, prefix } = this
    const known = this.queues.get(kind)
    if (known) return known
    const queue = new Queue(kind, { connection, prefix })
    queue.on('error', this.onError)
    this.queues.set(kind, queue)
    return queue
  }

  private takerOf(kind: JobKind): Worker {
    const { connection, prefix } = this
    const known = this.takers.get(kind)
    if (known) return known
    const taker = new Worker(kind, null, { connection, prefix, autorun: false })
    taker.on('error', this.onError)
    this.takers.set(kind, taker)
    return taker
  }
}

function rankOf(priority: number): number {
  return Math.min(lastRank, Math.max(1, middleRank - Math.round(priority)))
}
