import type { WebSocket } from 'ws'
import type { Actor } from '@shared/actor'

export interface Connection {
  /** Whether whoever opened it may still come in, as the same person in the same role. */
  mayStay: () => boolean
  /** How many bytes wait for a reader who does not read. */
  waiting: () => number
  drop: () => void
}

/** Bytes that waited at the last look, and since when none of them went. */
interface Stuck {
  bytes: number
  since: number
}

export interface Limits {
  /** A reader that takes nothing for this long has gone without saying so, ms. */
  stuckMs: number
  /** More than this is never kept for one reader, bytes. */
  waitingBytes: number
}

/** Sockets and answers that are open: each is dropped once its person may no longer come in, or its reader is gone. */
export class Connections {
  private readonly open = new Map<Connection, Stuck>()

  constructor(
    private readonly limits: Limits = { stuckMs: 60_000, waitingBytes: 64 << 20 },
    private readonly now: () => number = Date.now,
  ) {}

  /** Follows a connection until `source` says that it is closed. */
  add(connection: Connection, source: { once(event: 'close', hear: () => void): unknown }): void {
    this.open.set(connection, { bytes: 0, since: this.now() })
    source.once('close', () => this.open.delete(connection))
  }

  /** Follows a socket, and asks it now and then whether it is there. */
  addSocket(socket: WebSocket, mayStay: () => boolean): void {
    let answered = true
    socket.on('pong', () => (answered = true))
    const ping = setInterval(() => {
      if (!answered) return socket.terminate()
      answered = false
      socket.ping()
    }, this.limits.stuckMs)
    ping.unref()
    socket.once('close', () => clearInterval(ping))
    this.add({ mayStay, waiting: () => socket.bufferedAmount, drop: () => socket.terminate() }, socket)
  }

  /** Looks at each and drops those that may not stay. */
  sweep(): void {
    for (const [connection, stuck] of [...this.open]) {
      const bytes = connection.waiting()
      if (bytes === 0 || bytes < stuck.bytes) stuck.since = this.now()
      stuck.bytes = bytes
      const isGone = this.now() - stuck.since > this.limits.stuckMs || bytes > this.limits.waitingBytes
      if (isGone || !connection.mayStay()) connection.drop()
    }
  }
}

/** True when a second look finds the same person in the same role. */
export function isSame(before: Actor, now: Actor | null): boolean {
  return now !== null && before.id === now.id && before.role === now.role && before.name === now.name
}
