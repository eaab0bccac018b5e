import type { Affine } from '@shared/geometry/affine'
import { ByteCache } from '@main/media/files/byte-cache'
import type { Clip, ClipRequest } from './clip-reader'
import type { DecodeThread, StartThread } from './decode-thread'

/** Clips of one size, one after the other. */
export interface LoadedBatch {
  /** [B, T, H, W, 3] RGB. */
  pixels: Uint8Array
  count: number
  /** One per clip. */
  toSource: Affine[]
}

export interface LoaderOptions {
  /** Decoding threads; two keep two cores busy, more bring nothing. */
  threads?: number
  /** Decoded clips kept in memory. A data set that fits is decoded once; what `prefetch` reads must fit. */
  cacheBytes?: number
}

/**
 * Reads clips on threads, ahead of training. `prefetch` starts what will be needed, `read` waits for it; the share of
 * time spent waiting there says whether decoding holds training up.
 */
export class ClipLoader {
  private readonly threads: DecodeThread[]
  private readonly cache: ByteCache<Clip>
  private readonly running = new Map<string, Promise<Clip>>()
  private waitedMs = 0
  private since = performance.now()

  constructor(startThread: StartThread, { threads = 2, cacheBytes = 512 << 20 }: LoaderOptions = {}) {
    this.threads = Array.from({ length: threads }, () => startThread())
    this.cache = new ByteCache(cacheBytes)
  }

  /** Starts reading clips that will be asked for soon. A failure shows when they are. */
  prefetch(requests: readonly ClipRequest[]): void {
    for (const request of requests) void this.clip(request).catch(() => {})
  }

  /** Clips of one size as one batch, in the order of the requests. Rejects when one cannot be read. */
  async read(requests: readonly ClipRequest[], signal?: AbortSignal): Promise<LoadedBatch> {
    signal?.throwIfAborted()
    return this.waitFor(Promise.all(requests.map((request) => this.clip(request))), signal)
  }

  /**
   * Reads batch after batch with `ahead` of them under way while one is worked on. Requests are taken from the plan as
   * they are needed, so it may be endless.
   */
  async *batches(
    plan: Iterable<readonly ClipRequest[]>,
    { ahead = 2, signal }: { ahead?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<LoadedBatch> {
    const coming: Promise<Clip[]>[] = []
    for (const requests of plan) {
      const clips = Promise.all(requests.map((request) => this.clip(request)))
      // A failure shows when its turn comes, not before.
      clips.catch(() => {})
      coming.push(clips)
      const next = coming.length > ahead ? coming.shift() : undefined
      if (next) yield await this.waitFor(next, signal)
    }
    for (const clips of coming) yield await this.waitFor(clips, signal)
  }

  /** Share of the time since the last call, 0 to 1, that was spent waiting in `read`. */
  waitShare(): number {
    const now = performance.now()
    const share = now > this.since ? Math.min(1, this.waitedMs / (now - this.since)) : 0
    this.waitedMs = 0
    this.since = now
    return share
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()))
  }

  private async waitFor(coming: Promise<Clip[]>, signal: AbortSignal | undefined): Promise<LoadedBatch> {
    const from = performance.now()
    const clips = await coming
    this.waitedMs += performance.now() - from
    signal?.throwIfAborted()
    return joined(clips)
  }

  private clip(request: ClipRequest): Promise<Clip> {
    const key = keyOf(request)
    const known = this.cache.get(key)
    if (known) return Promise.resolve(known)
    const running = this.running.get(key)
    if (running) return running
    const reading = this.threadFor(request)
      .read(request)
      .then((clip) => {
        this.cache.set(key, clip, clip.pixels.byteLength)
        return clip
      })
      .finally(() => this.running.delete(key))
    this.running.set(key, reading)
    return reading
  }

  /** The same thread for the same video, so that it is open there; the least busy one when that one is far behind. */
  private threadFor({ video }: ClipRequest): DecodeThread {
    const own = this.threads[hash(video.path) % this.threads.length]
    const idlest = this.threads.reduce((a, b) => (b.waiting < a.waiting ? b : a))
    return own && own.waiting - idlest.waiting < 4 ? own : idlest
  }
}

function joined(clips: readonly Clip[]): LoadedBatch {
  const bytes = clips[0]?.pixels.length ?? 0
  const pixels = new Uint8Array(clips.length * bytes)
  clips.forEach((clip, i) => pixels.set(clip.pixels, i * bytes))
  return { pixels, count: clips.length, toSource: clips.map((clip) => clip.toSource) }
}

function keyOf({ video, frames, width, height, fit }: ClipRequest): string {
  return `${width}x${height} ${fit} ${frames.join(',')} ${video.path}`
}

function hash(text: string): number {
  let value = 7
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0
  return value
}
