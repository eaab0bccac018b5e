import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtHost, removeHost } from '../support/built-host'
import { tempFolder } from '../support/studio'

let host = ''
beforeAll(async () => {
  host = await builtHost()
})
afterAll(() => removeHost(host))

test("Electron's main program starts, opens one locked-down window and answers its page and its port", async () => {
  using folder = tempFolder()
  const smoke = resolve(import.meta.dirname, '../support/electron-smoke.mjs')
  const env = { ...process.env, WHYNOT_HOME: folder.path, WHYNOT_ENGINE: 'wasm' }
  const { stdout } = await promisify(execFile)(process.execPath, [smoke, join(host, 'electron.js')], { env })
  const [ready, said = ''] = stdout.trim().split('\n')
  expect(ready).toBe('READY')
  expect(JSON.parse(said)).toEqual({
    url: 'app://studio/',
    page: true,
    policy: true,
    scheme: 'app',
    appSandbox: true,
    preferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload: true },
    project: null,
    decoder: 'node-av',
  })
})

test('no process but the window host knows electron', () => {
  const files = readdirSync(host, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  const knowing = files.filter((name) => /from ["']electron["']/.test(readFileSync(join(host, name), 'utf8')))
  expect(knowing).toEqual(['electron.js'])
})
