import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chooseHost } from '../../../scripts/choose-host.mjs'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'whynot-host-'))
  write('node_modules/electron/package.json', JSON.stringify({ version: '45.5.0' }))
})

afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

function installElectron(version = '45.5.0') {
  write('node_modules/electron/dist/electron', '')
  write('node_modules/electron/dist/version', version)
}

const on = (more: { args?: string[]; env?: Record<string, string> }) =>
  chooseHost({ args: [], env: {}, platform: 'linux', root, ...more })

test('Electron opens where its program and a display are there', () => {
  installElectron()
  expect(on({ env: { DISPLAY: ':0' } })).toMatchObject({ host: 'electron' })
  expect(on({ env: { WAYLAND_DISPLAY: 'wayland-0' } })).toMatchObject({ host: 'electron' })
})

test('without a display the browser opens and says so', () => {
  installElectron()
  expect(on({})).toEqual({ host: 'browser', reason: 'this machine has no display' })
})

test("without Electron's program the browser opens and says how to get it", () => {
  expect(on({ env: { DISPLAY: ':0' } })).toMatchObject({
    host: 'browser',
    reason: expect.stringContaining('npx install-electron'),
  })
})

test('an Electron of another version is not started', () => {
  installElectron('44.0.0')
  expect(on({ env: { DISPLAY: ':0' } }).reason).toBe('Electron 44.0.0 is installed, 45.5.0 is needed')
})

test('--web opens the browser even where Electron could run', () => {
  installElectron()
  expect(on({ args: ['--web'], env: { DISPLAY: ':0' } }).host).toBe('browser')
})
