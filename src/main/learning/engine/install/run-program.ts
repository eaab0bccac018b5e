import { spawn } from 'node:child_process'

export interface ProgramRun {
  code: number
  output: string
}

/**
 * Runs a program to its end and keeps what it says. Never throws: a program that is not there has code 127.
 * @param onLine each line as it comes, for progress
 */
export function runProgram(
  program: string,
  args: readonly string[],
  {
    signal,
    onLine,
    env,
    cwd,
  }: { signal?: AbortSignal; onLine?: (line: string) => void; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      env: { ...process.env, ...env },
      cwd,
    })
    let output = ''
    const hear = (text: Buffer) => {
      output = (output + text).slice(-20_000)
      if (onLine) for (const line of String(text).split(/[\r\n]+/)) if (line) onLine(line)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The first of `programs` that answers to `--version`, or null. */
export async function firstThatRuns(programs: readonly string[], signal?: AbortSignal): Promise<string | null> {
  for (const program of programs) {
    const { code } = await runProgram(program, ['--version'], { signal })
    if (code === 0) return program
  }
  return null
}
