import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A built browser host in a process of its own, and the ways into it. */
export interface Served {
  process: ChildProcess
  address: string
  port: number
  /** The link it printed, good once. */
  link: string
  token: string
  /** What it wrote so far. */
  words: () => string
  stop: () => Promise<void>
}

/** Starts `out` (what `builtHost` gave) with these options. Throws what it complained of where it did not start. */
export async function served(
  host: string,
  home: string,
  args: string[] = [],
  more: Record<string, string> = {},
): Promise<Served> {
  const env = { ...process.env, WHYNOT_HOME: home, WHYNOT_ENGINE: 'wasm', ...more }
  const child = fork(join(host, 'browser.js'), args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (words += String(text)))
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (text) => resolve(String(text).trim()))
    child.once('exit', () => resolve(''))
  })
  if (!line.startsWith('READY ')) throw new Error(`it did not start: ${words}`)
  const link = line.replace('READY ', '')
  const { origin, port, searchParams } = new URL(link)
  return {
    process: child,
    address: origin,
    port: Number(port),
    link,
    token: searchParams.get('token') ?? '',
    words: () => words,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Opens a link as a browser does; the cookie it got, as a Cookie header has it. */
export async function enter(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}
