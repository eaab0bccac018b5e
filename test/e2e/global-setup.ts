import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a running studio with the quick tour open, token included; null where there is no Chromium. */
    studio: string | null
    chromium: string
  }
}

const root = resolve(import.meta.dirname, '../..')
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Starts one studio as `whynot serve` does, makes the quick tour in it, and stops it when all tests are done. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide('chromium', chromium)
  if (!existsSync(chromium)) {
    console.log(
      `skipped: the end-to-end tests need Chromium at ${chromium} (Debian: apt install chromium, or CHROMIUM_PATH)`,
    )
    project.provide('studio', null)
    return
  }
  const home = mkdtempSync(join(tmpdir(), 'whynot-e2e-'))
  const server = spawn(process.execPath, ['bin/whynot.mjs', 'serve', '--no-open'], {
    cwd: root,
    env: { ...process.env, WHYNOT_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await ready(server)
  await makeTour(new URL(address))
  project.provide('studio', address)
  return async () => {
    server.kill('SIGTERM')
    await new Promise((done) => server.once('close', done))
    rmSync(home, { recursive: true, force: true })
  }
}

function ready(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = ''
    server.stdout?.on('data', (text) => {
      said += text
      const address = /READY (\S+)/.exec(said)?.[1]
      if (address) found(address)
    })
    server.once('close', (code) => failed(new Error(`the studio ended with code ${code} before it was ready: ${said}`)))
  })
}

interface JobRow {
  id: string
  state: string
  failure: { message: string } | null
}

/** Asks for the quick tour over the API that scripts use, and waits until its jobs are done. */
async function makeTour(address: URL): Promise<void> {
  const token = address.searchParams.get('token') ?? address.hash.replace('#token=', '')
  const call = async (method: string, path: string): Promise<unknown> => {
    const response = await fetch(new URL(`/api${path}`, address), {
      method,
      headers: { authorization: `Bearer ${token}` },
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  await call('POST', '/project/tour')
  for (;;) {
    const jobs = (await call('GET', '/jobs')) as JobRow[]
    const failed = jobs.find(({ state }) => state === 'failed')
    if (failed) throw new Error(`the quick tour failed: ${failed.failure?.message}`)
    if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) return
    await new Promise((next) => setTimeout(next, 300))
  }
}
