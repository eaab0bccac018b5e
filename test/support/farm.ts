import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Api } from '@shared/contract'
import { RedisOfTest } from './redis-server'
import { type Served, served } from './served'
import { freePort } from './free-port'
import { studioIn } from './studio'
import { SampleConfig } from '@shared/config/sample'

export interface WorkerOfTest {
  process: ChildProcess
  /** What it wrote so far. */
  words: () => string
  /** Its exit code, once it ended. */
  ended: Promise<number | null>
}

const oneThread = {
  WHYNOT_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
}

/** A Redis, a studio on a small project, and as many workers as asked for, each a real process of this machine. */
export class Farm {
  readonly workers: WorkerOfTest[] = []
  private socket: WebSocket | null = null
  private calls: Api | null = null

  private constructor(
    private readonly host: string,
    private readonly home: string,
    readonly project: string,
    readonly redis: RedisOfTest,
    private readonly port: number,
    private running: Served,
    readonly token: string,
  ) {}

  /** @param host what `builtHost` gave, or out/main @param home an empty folder */
  static async start(host: string, home: string, clips = { train: 16, test: 4 }): Promise<Farm> {
    const project = join(home, 'project')
    await makeProject(host, home, project, clips)
    const redis = await RedisOfTest.start()
    const port = await freePort()
    const farm = { args: ['--project', project, '--redis', redis.url, '--port', String(port)] }
    const studio = await served(host, home, farm.args)
    const made = new Farm(host, home, project, redis, port, studio, '')
    const { command } = await (await made.api()).machines.invite()
    return new Farm(host, home, project, redis, port, studio, /--token (\S+)/.exec(command ?? '')?.[1] ?? '')
  }

  /** The one that runs now. */
  get studio(): Served {
    return this.running
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The contract, as the owner calls it over a socket; a new one after a restart of the studio. */
  async api(): Promise<Api> {
    if (this.calls && this.socket?.readyState === WebSocket.OPEN) return this.calls
    this.socket?.terminate()
    // The link's secret is the owner's bearer as long as nobody used it.
    const headers = { authorization: `Bearer ${this.running.token}` }
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/rpc`, { headers })
    socket.on('error', () => {})
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    this.socket = socket
    const calls: Api = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
    this.calls = calls
    return calls
  }

  addWorker(name: string, more: { args?: string[]; env?: Record<string, string>; token?: string } = {}): WorkerOfTest {
    const { args = [], env = {}, token = this.token } = more
    const place = ['--redis', this.redis.url, '--studio', this.address, '--token', token]
    const cache = ['--cache', join(this.home, 'cache', name)]
    const child = fork(join(this.host, 'terminal.js'), ['worker', ...place, '--name', name, ...cache, ...args], {
      env: { ...process.env, WHYNOT_HOME: join(this.home, 'homes', name), ...oneThread, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let words = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (words += String(text)))
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    const worker = { process: child, words: () => words, ended }
    this.workers.push(worker)
    return worker
  }

  /** Ends the studio as a crash would, and starts it again. */
  async restartStudio({ awayMs = 0, withRedis = true } = {}): Promise<void> {
    const gone = new Promise((resolve) => this.running.process.once('exit', resolve))
    this.running.process.kill('SIGKILL')
    await gone
    await new Promise((resolve) => setTimeout(resolve, awayMs))
    const redis = withRedis ? ['--redis', this.redis.url] : []
    const args = ['--project', this.project, '--port', String(this.port), ...redis]
    this.running = await served(this.host, this.home, args)
  }

  async close(): Promise<void> {
    this.socket?.terminate()
    for (const { process: child } of this.workers) child.kill('SIGKILL')
    await Promise.all(this.workers.map(({ ended }) => ended))
    await this.running.stop()
    await this.redis.remove()
  }
}

/** A few films of ShapeActs, imported. */
async function makeProject(
  host: string,
  home: string,
  path: string,
  clips: { train: number; test: number },
): Promise<void> {
  await using own = studioIn(host, home)
  await own.api.project.create({ path })
  const config = SampleConfig.parse({ removable: 2, size: 32, frames: 8, cell: 4, ...clips })
  const { job } = await own.studio.workspace().samples.start(config)
  for await (const _ of own.studio.jobs.watch())
    if (!['queued', 'running'].includes((await own.studio.jobs.get(job)).state)) return
}
