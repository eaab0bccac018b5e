import type { Progress } from '@shared/progress'

/** The way out of every command, so that a test can read what a person would. */
export interface Terminal {
  /** A line on stdout. */
  say(line: string): void
  /** A line on stderr. */
  fail(line: string): void
  /** One JSON value on stdout, alone. */
  json(value: unknown): void
  /** A progress bar on a terminal, plain lines now and then elsewhere; always on stderr. */
  bar(progress: Progress): void
  /** Aborted by Ctrl+C. */
  readonly interrupted: AbortSignal
}
