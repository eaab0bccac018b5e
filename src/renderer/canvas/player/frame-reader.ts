import type { Frame } from '@shared/ids'
import type { DecodedPicture, FrameSource } from './frame-source'
import type { PictureCache } from './picture-cache'

/** Pictures from one key frame of a proxy to the next. */
const groupLength = 12

interface Reading {
  next: Frame
  to: Frame
  abort: AbortController
  done: Promise<void>
}

interface Waiting {
  frame: Frame
  resolve: (picture: DecodedPicture | null) => void
}

/**
 * Gives the picture of a frame and decodes ahead in the direction of play. One decoder runs at a time: it goes on when
 * the next wish lies on its way, and is stopped and started anew when not.
 */
export class FrameReader {
  private reading: Reading | null = null
  private waiting: Waiting | null = null
  private latest = 0
  private closed = false
  /** The frame asked for last. */
  private last: Frame = 0

  constructor(
    private readonly source: FrameSource,
    private readonly cache: PictureCache,
    private readonly frames: number,
    private readonly ahead = groupLength * 2,
  ) {}

  /**
   * The picture of `frame`, which must be in the video; null when a later wish came first or the reader was closed.
   * It stays the reader's: draw it before asking for another. Rejects when the proxy cannot be read.
   */
  async get(frame: Frame, direction: 1 | -1 = 1): Promise<DecodedPicture | null> {
    const mine = ++this.latest
    this.waiting?.resolve(null)
    this.waiting = null
    if (this.closed) return null
    const isNear = Math.abs(frame - this.last) <= groupLength
    this.last = frame
    const known = this.cache.get(frame)
    if (known) {
      this.readAhead(frame, direction)
      return known
    }
    if (!this.isOnTheWay(frame)) {
      await this.stop()
      // A later wish, made while the decoder stopped, starts it for itself.
      if (mine !== this.latest || this.closed) return null
      this.restart(frame, direction, isNear)
    }
    return this.wait(frame)
  }

  close(): void {
    this.closed = true
    this.reading?.abort.abort()
    this.waiting?.resolve(null)
    this.waiting = null
    this.cache.clear()
    this.source.close()
  }

  private wait(frame: Frame): Promise<DecodedPicture | null> {
    const reading = this.reading
    if (this.closed || !reading) return Promise.resolve(null)
    const known = this.cache.get(frame)
    if (known) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const mine: Waiting = { frame, resolve }
      this.waiting = mine
      reading.done.then(() => {
        if (this.waiting !== mine) return
        this.waiting = null
        const picture = this.cache.get(frame)
        if (picture || this.closed || reading.abort.signal.aborted) resolve(picture)
        else reject(new Error(`The proxy gave no picture ${frame}.`))
      }, reject)
    })
  }

  private isOnTheWay(frame: Frame): boolean {
    const { reading } = this
    return reading !== null && !reading.abort.signal.aborted && frame >= reading.next && frame <= reading.to
  }

  private async stop(): Promise<void> {
    this.reading?.abort.abort()
    await this.reading?.done.catch(() => undefined)
  }

  private restart(frame: Frame, direction: 1 | -1, isNear: boolean): void {
    const group = frame - (frame % groupLength)
    // After a jump only its own group is decoded; who steps or plays wants what follows, backwards the group before.
    const before = isNear && direction < 0 ? Math.max(0, group - groupLength) : group
    const to = isNear && direction > 0 ? frame + this.ahead : group + groupLength - 1
    this.start(this.cache.has(before) ? group : before, Math.min(this.frames - 1, to))
  }

  private readAhead(frame: Frame, direction: 1 | -1): void {
    if (this.reading) return
    const next = direction > 0 ? frame + groupLength : frame - groupLength
    const missing = next >= 0 && next < this.frames && !this.cache.has(next)
    if (!missing) return
    const group = next - (next % groupLength)
    this.start(group, Math.min(this.frames - 1, direction > 0 ? group + this.ahead : group + groupLength - 1))
  }

  private start(from: Frame, to: Frame): void {
    const abort = new AbortController()
    const reading: Reading = { next: from, to, abort, done: Promise.resolve() }
    const take = (picture: DecodedPicture) => this.take(reading, picture)
    reading.done = this.source.read({ from, to }, take, abort.signal).finally(() => {
      if (this.reading === reading) this.reading = null
    })
    // Who waits hears of a failure; reading ahead alone must not become an unhandled rejection.
    reading.done.catch(() => undefined)
    this.reading = reading
  }

  private take(reading: Reading, picture: DecodedPicture): void {
    if (this.closed) return picture.close()
    reading.next = Math.max(reading.next, picture.frame + 1)
    this.cache.add(picture)
    if (this.waiting?.frame !== picture.frame) return
    const { resolve } = this.waiting
    this.waiting = null
    resolve(this.cache.get(picture.frame))
  }
}
