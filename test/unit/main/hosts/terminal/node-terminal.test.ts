import { expect, test } from 'vitest'
import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { Failure } from '@shared/failures'

function aTerminal({ isTTY = false, env = {} }: { isTTY?: boolean; env?: Record<string, string> } = {}) {
  const seen = { out: '', err: '', code: 0, now: 0 }
  const terminal = openTerminal({
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text), isTTY, columns: 60 },
    cwd: '/',
    env,
    interrupted: new AbortController().signal,
    exitCode: (code) => (seen.code = code),
    now: () => seen.now,
  })
  return { terminal, seen }
}

const some = (done: number, label = 'reading') => ({ label, done, total: 10, secondsLeft: 5 })

test('answers go to standard output, trouble to standard error with an exit code', () => {
  const { terminal, seen } = aTerminal()
  terminal.say('hello')
  terminal.fail(new Failure('CLASS_EMPTY', { classes: ['kick', 'jump'] }))
  expect(seen.out).toBe('hello\n')
  expect(seen.err).toMatch(/^A class has no training videos\..*\n {2}classes: kick, jump\n$/)
  expect(seen.code).toBe(1)
})

test('stopping on request has an exit code of its own', () => {
  const { terminal, seen } = aTerminal()
  terminal.fail(new Failure('INTERRUPTED', {}))
  expect(seen.code).toBe(130)
})

test('without a terminal progress is a plain line now and then, never between the answers', () => {
  const { terminal, seen } = aTerminal()
  for (let i = 0; i <= 10; i++) {
    seen.now = i * 1000
    terminal.bar(some(i))
  }
  terminal.bar(some(0, 'writing'))
  expect(seen.err.split('\n')).toEqual([
    'reading  0 of 10  5 s left',
    'reading  5 of 10  5 s left',
    'reading  10 of 10  5 s left',
    'writing  0 of 10  5 s left',
    '',
  ])
  expect(seen.out).toBe('')
})

test('on a terminal a bar is drawn over itself and wiped before a line is said', () => {
  const { terminal, seen } = aTerminal({ isTTY: true })
  terminal.bar(some(5))
  expect(seen.err).toContain('[')
  expect(seen.err).toContain('5 of 10')
  terminal.say('done')
  expect(seen.err.endsWith('\r\u001b[2K')).toBe(true)
})
