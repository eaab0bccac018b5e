import { AV_LOG_ERROR } from 'node-av/constants'
import { Log } from 'node-av/lib'

/** Collects what FFmpeg logs as errors, which is how some damage shows and nothing else. One at a time per process. */
export class ErrorLog {
  private readonly heard: string[] = []

  constructor() {
    const hear = (level: number, message: string) => level <= AV_LOG_ERROR && this.heard.push(message.trim())
    Log.setCallback(hear, { maxLevel: AV_LOG_ERROR })
  }

  /** Lines arrive through the event loop, so one turn of it is waited for. */
  async lines(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve))
    return this.heard.filter((line) => line !== '')
  }

  stop(): void {
    Log.setCallback(null)
  }
}
