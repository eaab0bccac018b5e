import { expect, test } from 'vitest'
import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { runProgram, whynot } from '@main/hosts/terminal/program'
import type { Studio } from '@main/studio'

function aProgram() {
  const seen = { out: '', err: '', code: 0 }
  const terminal = openTerminal({
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text) },
    cwd: '/',
    env: {},
    interrupted: new AbortController().signal,
    exitCode: (code) => (seen.code = code),
  })
  const open = (): Studio => {
    throw new Error('no studio is needed for this')
  }
  const parts = { open, browserEntry: '/browser.js' }
  return { seen, parts, terminal, run: (...argv: string[]) => runProgram(terminal, parts, argv) }
}

const commands = [
  ...['doctor', 'engine', 'new', 'import', 'label', 'train', 'train classifier', 'train explainer', 'runs', 'explain'],
  ...['import-labels', 'export', 'pack', 'unpack', 'evaluate', 'experiment', 'import-model', 'export-model', 'serve'],
  ...['campaign', 'campaign create', 'campaign open', 'campaign quality', 'campaign consolidate'],
  ...['undo', 'guidelines', 'tour', 'probe', 'frames', 'people', 'people add', 'people list', 'people revoke'],
]

test.each(commands)('%s has its help', async (command) => {
  const { seen, run } = aProgram()
  await run(...command.split(' '), '--help')
  expect(seen.out).toMatch(new RegExp(`^Usage: whynot ${command}`))
  expect([seen.err, seen.code]).toEqual(['', 0])
})

test('there is no command without a description', () => {
  const { terminal, parts } = aProgram()
  for (const command of whynot(terminal, parts).commands) expect(command.description(), command.name()).not.toBe('')
})

test('an unknown command is an error, with a hint', async () => {
  const { seen, run } = aProgram()
  await run('trian')
  expect(seen.code).toBe(1)
  expect(seen.err).toMatch(/unknown command 'trian'.*train/s)
})
