import type { Progress } from '@shared/progress'
import { failureOf, inWords } from '@main/hosts/words'
import type { Terminal } from './kit/terminal'

/** The streams and signals of the program, as a test can give its own. */
export interface TerminalStreams {
  out: { write(text: string): unknown; isTTY?: boolean }
  err: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  interrupted: AbortSignal
  exitCode: (code: number) => void
  now?: () => number
}

/** Without a terminal to draw on, a line comes this often at most. */
const plainEveryMs = 5_000
const barEveryMs = 100

/** A terminal over real streams: answers to standard output, everything else to standard error. */
export function openTerminal(streams: TerminalStreams): Terminal {
  const { out, err, cwd, env, interrupted, exitCode } = streams
  const bar = progressBar(streams)
  return {
    cwd,
    env,
    interrupted,
    exitCode,
    bar,
    say: (line) => {
      bar(null)
      out.write(`${line}\n`)
    },
    json: (value) => {
      bar(null)
      out.write(`${JSON.stringify(value, null, 2)}\n`)
    },
    fail: (error) => {
      bar(null)
      err.write(`${inWords(error, env.WHYNOT_DEBUG !== undefined)}\n`)
      exitCode(failureOf(error)?.code === 'INTERRUPTED' ? 130 : 1)
    },
  }
}

function progressBar({ err, now = Date.now }: TerminalStreams): Terminal['bar'] {
  let lastAt = -Infinity
  let lastLabel = ''
  let drawn = false
  return (progress) => {
    if (!err.isTTY) {
      if (progress && (progress.label !== lastLabel || now() - lastAt >= plainEveryMs)) {
        lastLabel = progress.label
        lastAt = now()
        err.write(`${lineOf(progress)}\n`)
      }
      return
    }
    if (progress === null) {
      if (drawn) err.write('\r\u001b[2K')
      drawn = false
      return
    }
    const isEnd = progress.total !== null && progress.done >= progress.total
    if (now() - lastAt < barEveryMs && !isEnd && progress.label === lastLabel) return
    lastAt = now()
    lastLabel = progress.label
    drawn = true
    err.write(`\r\u001b[2K${barOf(progress, err.columns ?? 80)}`)
  }
}

function lineOf(progress: Progress): string {
  return [progress.label, amount(progress), timeLeft(progress)].filter(Boolean).join('  ')
}

function barOf(progress: Progress, columns: number): string {
  const text = lineOf(progress)
  if (progress.total === null || progress.total === 0) return text.slice(0, columns - 1)
  const width = Math.max(8, Math.min(30, columns - text.length - 4))
  const full = Math.round(width * Math.min(1, progress.done / progress.total))
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${text}`.slice(0, columns - 1)
}

function amount({ done, total }: Progress): string {
  const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1))
  return total === null ? shown(done) : `${shown(done)} of ${shown(total)}`
}

function timeLeft({ secondsLeft }: Progress): string {
  if (secondsLeft === null) return ''
  const seconds = Math.ceil(secondsLeft)
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}
