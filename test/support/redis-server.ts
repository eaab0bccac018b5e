import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port'

/** Why tests with a real Redis cannot be run here; null where they can. */
export const noRedis =
  spawnSync('redis-server', ['--version']).status === 0 ? null : 'redis-server is not installed here'

/** A Redis of this test's own, with every change on disk, in a temp folder. */
export class RedisOfTest {
  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
    private server: ChildProcess,
  ) {}

  static async start(): Promise<RedisOfTest> {
    const folder = mkdtempSync(join(tmpdir(), 'whynot-redis-'))
    const port = await freePort()
    const redis = new RedisOfTest(`redis://127.0.0.1:${port}`, port, folder, serve(port, folder))
    await redis.answers()
    return redis
  }

  /** Ends it, hard where asked, and starts it on the same files. */
  async restart({ hard = false, awayMs = 0 } = {}): Promise<void> {
    await this.end(hard ? 'SIGKILL' : 'SIGTERM')
    if (awayMs > 0) await new Promise((resolve) => setTimeout(resolve, awayMs))
    this.server = serve(this.port, this.folder)
    await this.answers()
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { server } = this
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await gone
  }

  private async answers(): Promise<void> {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
    client.on('error', () => {})
    await client.ping()
    client.disconnect()
  }
}

function serve(port: number, folder: string): ChildProcess {
  const kept = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
  return spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...kept], {
    stdio: 'ignore',
  })
}
