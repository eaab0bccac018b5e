/** Wait before a stream that ended is opened again, ms. */
const pause = 1000

/**
 * Reads a stream of the contract until `signal` ends it, and opens it again whenever it breaks.
 * @param opened is called at each beginning: what happened before it may have been missed
 */
export async function follow<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  each: (event: T) => void,
  { signal, opened }: { signal: AbortSignal; opened?: () => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const events = await open(signal)
      opened?.()
      for await (const event of events) each(event)
    } catch {
      // The connection's own state tells people; here it is only tried again.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
