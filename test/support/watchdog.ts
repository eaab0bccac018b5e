import { Worker } from 'node:worker_threads'

/** Seen from another thread, so that a loop without end is seen too. */
const dog = `
const { workerData: { seen, mostMs } } = require('node:worker_threads')
const { writeSync } = require('node:fs')
let [last, since] = [-1, Date.now()]
setInterval(() => {
  const now = Atomics.load(seen, 0)
  if (now !== last) [last, since] = [now, Date.now()]
  else if (now >= 0 && Date.now() - since > mostMs) {
    writeSync(2, 'hangs: nothing for ' + mostMs + ' ms in try ' + now + '\\n')
    process.kill(process.pid, 'SIGKILL')
  }
}, 500)
`

/** Ends this process where one step takes longer than `mostMs`: a hang fails, whatever it hangs in. */
export class Watchdog {
  private readonly seen = new Int32Array(new SharedArrayBuffer(4)).fill(-1)
  private readonly worker: Worker

  constructor(mostMs: number) {
    this.worker = new Worker(dog, { eval: true, workerData: { seen: this.seen, mostMs } })
  }

  /** That the step of this number begins. */
  step(number: number): void {
    Atomics.store(this.seen, 0, number)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.terminate()
  }
}
