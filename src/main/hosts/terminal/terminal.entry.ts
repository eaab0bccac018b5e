import { join } from 'node:path'
import { openStudio } from '@main/studio'
import { hangLastNet } from '@main/system/guard'
import { quietEntry } from '@main/process/fork-entry'
import { openTerminal } from './node-terminal'
import { runProgram } from './program'

const stop = new AbortController()
process.on('SIGINT', () => {
  // The second time means now.
  if (stop.signal.aborted) process.exit(130)
  stop.abort()
})
process.on('SIGTERM', () => stop.abort())

// Whoever read our output has gone (`whynot ... | head`): an orderly stop, not a crash.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    stop.abort()
  })
}

const terminal = openTerminal({
  out: process.stdout,
  err: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  interrupted: stop.signal,
  exitCode: (code) => (process.exitCode = code),
})
hangLastNet(process, {
  log: {
    unknown: (error) => {
      terminal.fail(error)
      return ''
    },
  },
  tell: () => {},
  end: async () => stop.abort(),
})
const start = (name: string, onOutput: (text: string) => void) =>
  quietEntry(join(import.meta.dirname, `${name}.js`), onOutput)
const open = () => openStudio({ start, startedBy: 'terminal' })

await runProgram(terminal, { open, browserEntry: join(import.meta.dirname, 'browser.js') }, process.argv.slice(2))
