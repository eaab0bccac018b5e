import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { runProgram } from '@main/hosts/terminal/program'
import { openStudio } from '@main/studio'

/** What a command line answers in a folder; no process is started for it. */
export async function terminalIn(
  cwd: string,
  home: string,
  argv: readonly string[],
): Promise<{ out: string; err: string; code: number }> {
  const seen = { out: '', err: '', code: 0 }
  const terminal = openTerminal({
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text) },
    ...{ cwd, env: {}, interrupted: new AbortController().signal },
    exitCode: (code) => (seen.code = code),
  })
  const start = () => () => {
    throw new Error('no process is needed for this')
  }
  const open = () => openStudio({ home, start, startedBy: 'terminal' })
  await runProgram(terminal, { open, browserEntry: '/browser.js' }, argv)
  return seen
}
