import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** An ffmpeg program on this machine. */
export interface FfmpegProgram {
  path: string
  /** "ffmpeg 5.1.9-0+deb12u1" */
  version: string
  /** Major version of its libavcodec: 58 for 4.x, 59 for 5.x, 60 for 6.x. */
  avcodec: number
  /** Where it was found, in words. */
  found: string
}

export interface FfmpegOutcome {
  code: number | null
  stderr: string
}

/** The places an ffmpeg is looked for, in order: FFMPEG_PATH, then PATH. None travels with the studio: an old one would parse files nobody trusts. */
export function ffmpegPlaces(env: NodeJS.ProcessEnv): { path: string; found: string }[] {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  const told = env['FFMPEG_PATH'] ? [{ path: env['FFMPEG_PATH'], found: 'FFMPEG_PATH' }] : []
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => {
    return folder ? [{ path: join(folder, name), found: 'PATH' }] : []
  })
  return [...told, ...onPath]
}

/** The first ffmpeg that can be run, or null. */
export async function findFfmpeg(env: NodeJS.ProcessEnv = process.env): Promise<FfmpegProgram | null> {
  for (const { path, found } of ffmpegPlaces(env)) {
    const program = await programAt(path, found)
    if (program) return program
  }
  return null
}

async function programAt(path: string, found: string): Promise<FfmpegProgram | null> {
  try {
    await access(path, constants.X_OK)
    const { stdout } = await promisify(execFile)(path, ['-hide_banner', '-version'], { timeout: 10_000 })
    const version = /^ffmpeg version (\S+)/m.exec(stdout)?.[1]
    const avcodec = /^libavcodec\s+(\d+)\./m.exec(stdout)?.[1]
    return version && avcodec ? { path, version: `ffmpeg ${version}`, avcodec: Number(avcodec), found } : null
  } catch {
    return null
  }
}

/** Starts ffmpeg. Whoever starts it reads all of its stderr, or it stops when the pipe is full. */
export class FfmpegRunner {
  private readonly running = new Set<ChildProcess>()

  constructor(readonly program: FfmpegProgram) {}

  start(args: readonly string[]): FfmpegRun {
    const child = spawn(this.program.path, ['-hide_banner', ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    this.running.add(child)
    child.once('close', () => this.running.delete(child))
    return new FfmpegRun(child)
  }

  /** Ends every ffmpeg that still runs. */
  stop(): void {
    for (const child of this.running) child.kill('SIGKILL')
  }

  /** Options that keep every decoded picture, none repeated or dropped to fit a rate. */
  get passthrough(): string[] {
    return this.program.avcodec >= 60 ? ['-fps_mode', 'passthrough'] : ['-vsync', '0']
  }
}

/** One run of ffmpeg. */
export class FfmpegRun {
  private stderr = ''
  private rest = ''
  private hear: ((line: string) => void) | null = null
  private readonly ended: Promise<number | null>

  constructor(private readonly child: ChildProcess) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.listen(text))
    // A program that ends early closes its stdin; the exit code tells, not the broken pipe.
    child.stdin?.on('error', () => {})
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    this.ended.catch(() => {})
  }

  /** Hears every line of stderr; must be set before anything is awaited. Lines heard are not kept. */
  onLine(hear: (line: string) => void): this {
    this.hear = hear
    return this
  }

  /** Whole chunks of `bytes` from stdout. */
  async *chunks(bytes: number): AsyncGenerator<Uint8Array> {
    if (!this.child.stdout) return
    let chunk = Buffer.allocUnsafe(bytes)
    let filled = 0
    for await (const data of this.child.stdout) {
      const part = data as Buffer
      for (let at = 0; at < part.length;) {
        const copied = part.copy(chunk, filled, at)
        at += copied
        filled += copied
        if (filled < bytes) continue
        yield chunk
        chunk = Buffer.allocUnsafe(bytes)
        filled = 0
      }
    }
  }

  /** Writes to stdin and waits while it is full. False when the program no longer reads. */
  async write(bytes: Uint8Array): Promise<boolean> {
    const input = this.child.stdin
    if (!input || input.destroyed) return false
    if (input.write(bytes)) return true
    return new Promise((resolve) => {
      const settle = (alive: boolean) => {
        input.off('drain', drained).off('close', closed)
        resolve(alive)
      }
      const drained = () => settle(true)
      const closed = () => settle(false)
      input.once('drain', drained).once('close', closed)
    })
  }

  /** Ends stdin, lets stdout run off, and waits for the exit. */
  async finish(): Promise<FfmpegOutcome> {
    this.child.stdin?.end()
    this.child.stdout?.resume()
    const code = await this.ended
    if (this.rest) this.line(this.rest)
    return { code, stderr: this.stderr }
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  private listen(text: string): void {
    const lines = (this.rest + text).split(/\r?\n|\r/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.line(line)
  }

  private line(line: string): void {
    if (this.hear) this.hear(line)
    else if (this.stderr.length < 100_000) this.stderr += `${line}\n`
  }
}
