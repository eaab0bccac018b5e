import type { Progress } from '@shared/progress'

/** Where a command speaks, and how it learns that it should stop. */
export interface Terminal {
  /** A line for people. Left out where the answer is to be JSON alone. */
  say(line: string): void
  /** The one machine-readable answer, to standard output. */
  json(value: unknown): void
  /** A sentence and its particulars, to standard error; the command then ends with an exit code that is not 0. */
  fail(error: unknown): void
  /** Shows how far something is; null ends the bar. Plain lines, now and then, where this is no terminal. */
  bar(progress: Progress | null): void
  exitCode(code: number): void
  /** Ctrl+C, once: put the work away. A second one ends the program. */
  readonly interrupted: AbortSignal
  /** Folder relative paths refer to. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}
