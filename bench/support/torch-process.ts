import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'

/** A Python process with PyTorch that times what it is told, so that both sides can take turns on one machine. */
export class TorchProcess {
  private readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>
  private said = ''

  constructor(script: string, spec: unknown) {
    this.child = spawn('python3', [script, JSON.stringify(spec)], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.child.on('error', (error) => (this.said += error.message))
    this.child.stderr?.on('data', (text: Buffer) => (this.said = (this.said + text).slice(-2000)))
    this.lines = linesOf(this.child)[Symbol.asyncIterator]()
  }

  /** @returns what the script says first, or null with the reason in `whyNot` */
  async start(): Promise<{ version: string; threads: number; device: string } | null> {
    const first = await this.lines.next()
    return first.done ? null : (JSON.parse(first.value) as { version: string; threads: number; device: string })
  }

  get whyNot(): string {
    return this.said.trim().split('\n').at(-1) || 'python3 did not start'
  }

  /** Times in milliseconds. */
  async times(what: 'forward' | 'step', layout: 'default' | 'channels_last', count: number): Promise<number[]> {
    this.child.stdin?.write(`${what} ${layout} ${count}\n`)
    const answer = await this.lines.next()
    if (answer.done) throw new Error(`PyTorch stopped: ${this.whyNot}`)
    return JSON.parse(answer.value) as number[]
  }

  close(): void {
    this.child.stdin?.end()
  }
}

function linesOf({ stdout }: ChildProcess): Interface {
  if (!stdout) throw new Error('a process without standard output')
  return createInterface({ input: stdout })
}
