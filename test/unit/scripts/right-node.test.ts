import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let folder: string
let script: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whynot-launcher-'))
  script = join(folder, 'launch.mjs')
  const rightNode = pathToFileURL(resolve('scripts/right-node.mjs')).href
  // As bin/whynot.mjs begins; then something that works until it is asked to stop, and puts its work away.
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs'
import { onRightNode } from ${JSON.stringify(rightNode)}
if (onRightNode(import.meta.filename)) {
  const working = setInterval(() => {}, 1000)
  process.on('SIGTERM', () => {
    clearInterval(working)
    writeFileSync(${JSON.stringify(join(folder, 'away'))}, '')
  })
  console.log('READY ' + process.pid)
}
`,
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A Node that is too old for the studio, so that its launcher starts another one; null where this machine has none. */
function oldNode(): string | null {
  const places = (process.env.PATH ?? '').split(delimiter).map((at) => join(at, 'node'))
  const major = (node: string) => Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1])
  return places.find((node) => existsSync(node) && [20, 22].includes(major(node))) ?? null
}

const waiting = { timeout: 40_000, interval: 50 }

async function started(node: string, before: string[], npm?: string) {
  const env = { ...process.env, npm_command: npm }
  const launcher = spawn(node, [...before, script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  launcher.stdout.on('data', (text) => (said += String(text)))
  await vi.waitFor(() => expect(said).toMatch(/READY \d+/), waiting)
  return { launcher, pid: Number(/READY (\d+)/.exec(said)?.[1]) }
}

async function endsAfter(signal: NodeJS.Signals, { launcher, pid }: { launcher: ChildProcess; pid: number }) {
  process.kill(pid, 0)
  launcher.kill(signal)
  await vi.waitFor(() => expect(isGone(pid)).toBe(true), waiting)
  expect(readFileSync(join(folder, 'away'), 'utf8')).toBe('')
}

/** Gone, or ended and not yet fetched by whoever became its parent. */
function isGone(pid: number): boolean {
  const state = `/proc/${pid}/stat`
  if (existsSync('/proc/self/stat')) return !existsSync(state) || /\) Z /.test(readFileSync(state, 'utf8'))
  try {
    return !process.kill(pid, 0)
  } catch {
    return true
  }
}

const old = oldNode()

// Where every Node is new enough the launcher starts no other one.
test.skipIf(old === null || process.platform === 'win32').each(['SIGKILL', 'SIGTERM'] as const)(
  'what a launcher on an old Node started puts its work away and ends when the launcher gets %s',
  async (signal) => endsAfter(signal, await started(old ?? '', [])),
)

const npm = `require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' })`

const shell = `require('node:child_process').spawn('/bin/sh', ['-c', '"$0" "$@"; exit', process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' })`

test.skipIf(process.platform === 'win32')(
  'what npm started ends with npm, which passes nothing on when it is killed',
  async () => endsAfter('SIGKILL', await started(process.execPath, ['-e', npm, '--'], 'exec')),
)

test.runIf(process.platform === 'linux')('also where npm put a shell between', async () => {
  await endsAfter('SIGKILL', await started(process.execPath, ['-e', shell, '--'], 'start'))
})

test.skipIf(process.platform === 'win32')('the job of a shell may outlive its shell', async () => {
  const { launcher, pid } = await started(process.execPath, ['-e', npm, '--'])
  launcher.kill('SIGKILL')
  await new Promise((next) => launcher.once('exit', next))
  await new Promise((next) => setTimeout(next, 1500))
  expect(isGone(pid)).toBe(false)
  process.kill(pid, 'SIGTERM')
  await vi.waitFor(() => expect(isGone(pid)).toBe(true), waiting)
})
