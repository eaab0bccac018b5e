/** Tells every listener what happened, as it happens. A listener that comes later hears only what follows. */
export class Feed<T> {
  private readonly listeners = new Set<(item: T) => void>()

  publish(item: T): void {
    for (const hear of [...this.listeners]) hear(item)
  }

  /** Calls `hear` for each item; returns how to stop. */
  listen(hear: (item: T) => void): () => void {
    this.listeners.add(hear)
    return () => void this.listeners.delete(hear)
  }

  /**
   * The items of `first`, then every item from now on, until the signal; leaving the loop unsubscribes.
   * Items wait for a slow reader; the newest of one key replaces the one that still waits.
   */
  async *stream(options: StreamOptions<T> = {}): AsyncGenerator<T, void> {
    const { signal, first = () => [], key = () => undefined } = options
    const waiting: T[] = []
    let wake: () => void = () => {}
    const stop = this.listen((item) => {
      const mine = key(item)
      const same = mine === undefined ? -1 : waiting.findIndex((other) => key(other) === mine)
      if (same >= 0) waiting[same] = item
      else waiting.push(item)
      wake()
    })
    const end = () => wake()
    signal?.addEventListener('abort', end)
    try {
      waiting.unshift(...first())
      while (!signal?.aborted) {
        const next = waiting.shift()
        if (next !== undefined) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      stop()
      signal?.removeEventListener('abort', end)
    }
  }
}

interface StreamOptions<T> {
  signal?: AbortSignal
  first?: () => readonly T[]
  key?: (item: T) => string | undefined
}
