import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface JobRow {
  id: string
  state: string
  failure: { message: string } | null
}

/** A studio as `whynot serve` starts it, with a home of its own. */
export interface TestServer {
  /** Lets a browser in, token included. */
  address: string
  /** Calls the API that scripts use. */
  call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>
  /** Waits until no job waits or runs. */
  idle(): Promise<void>
  /** Ends the studio as somebody does who goes home, and starts it on the same port with the same home. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startServer(): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'whynot-e2e-'))
  const start = (port = '0') =>
    spawn(process.execPath, ['bin/whynot.mjs', 'serve', '--no-open', '--port', port], {
      cwd: root,
      env: { ...process.env, WHYNOT_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  let server = start()
  let address = await ready(server)
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const token = new URL(address).searchParams.get('token')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(new URL(`/api${path}`, address), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const end = async () => {
    const ended = new Promise((done) => server.once('close', done))
    server.kill('SIGTERM')
    await ended
  }
  return {
    get address() {
      return address
    },
    call,
    idle: async () => {
      for (;;) {
        const jobs = await call<JobRow[]>('GET', '/jobs')
        const failed = jobs.find(({ state }) => state === 'failed')
        if (failed) throw new Error(`a job failed: ${failed.failure?.message}`)
        if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) return
        await new Promise((next) => setTimeout(next, 300))
      }
    },
    restart: async () => {
      await end()
      server = start(new URL(address).port)
      address = await ready(server)
    },
    stop: async () => {
      await end()
      rmSync(home, { recursive: true, force: true })
    },
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
