/** Host to worker. */
export type ToWorker = { id: number; task: string; input: unknown } | { cancel: number } | { stop: true }

/** An error as plain data; one of ours keeps its code and data. */
export interface PlainError {
  message: string
  stack?: string
  code?: string
  data?: unknown
}

/** Worker to host. `alive` comes every few seconds while a task runs. */
export type FromWorker =
  { alive: true } | { id: number; event: unknown } | { id: number; value: unknown } | { id: number; error: PlainError }

export const aliveEveryMs = 2_000
