import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtHost, removeHost } from '../support/built-host'
import { served } from '../support/served'
import { tempFolder } from '../support/studio'

const program = process.env.WHYNOT_SCHEMATHESIS ?? 'schemathesis'
const there = spawnSync(program, ['--version']).status === 0
if (!there)
  console.warn(
    'Skipped: the API is not tested from outside, for there is no schemathesis (`pip install schemathesis`).',
  )

/** What streams for ever, downloads an engine, or trains the tour is not for a tester that waits for an end. */
const left = '(changes|watch)$|^/engine$|tour'

const folder = tempFolder()
let host = ''
beforeAll(async () => void (host = await builtHost()))
afterAll(() => {
  removeHost(host)
  folder[Symbol.dispose]()
})

function tested(args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(program, ['run', ...args], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

test.skipIf(!there)(
  'no request that Schemathesis makes is a server error or gets an answer without a name',
  async () => {
    // An address of this machine that is not its plain one: the owner then reaches no files but those of --root, so that
    // nothing that is made up here lies on the disk of whoever runs this.
    const root = join(folder.path, 'files')
    mkdirSync(root)
    const server = await served(host, folder.path, ['--host', '::ffff:7f00:1', '--root', root])
    const authorization = `Bearer ${server.token}`
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${server.address}/api${path}`, { ...init, headers: { authorization, 'content-type': 'application/json' } })
    await call('/projects', { method: 'POST', body: JSON.stringify({ path: join(root, 'project') }) })
    writeFileSync(join(folder.path, 'openapi.json'), await (await call('/openapi.json')).text())
    const { code, said } = await tested([
      ...['openapi.json', '--url', `${server.address}/api`, '--header', `Authorization: ${authorization}`],
      ...['--checks', 'not_a_server_error,status_code_conformance', '--phases', 'coverage,fuzzing'],
      ...['--max-examples', process.env.WHYNOT_API_EXAMPLES ?? '20', '--seed', '16', '--workers', '2'],
      ...['--continue-on-failure', '--suppress-health-check', 'all', '--request-timeout', '60', '--no-color'],
      ...['--exclude-path-regex', left],
    ])
    console.log(said.slice(-6000))
    expect(server.process.exitCode).toBeNull()
    expect((await call('/me')).status).toBe(200)
    await server.stop()
    expect(code).toBe(0)
  },
)
