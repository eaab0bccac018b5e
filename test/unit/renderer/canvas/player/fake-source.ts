import type { DecodedPicture, FrameSource } from '@renderer/canvas/player/frame-source'

/** A decoder that counts what it decodes and gives each picture when `pump` says so, or at once. */
export class FakeSource implements FrameSource {
  readonly decoder = 'webcodecs'
  readonly reads: { from: number; to: number }[] = []
  decoded = 0
  open = 0
  isClosed = false
  /** Rejects every read with this. */
  broken: Error | null = null

  constructor(private readonly frames = 1000) {}

  async read(
    range: { from: number; to: number },
    onPicture: (picture: DecodedPicture) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.reads.push(range)
    for (let frame = range.from; frame <= Math.min(range.to, this.frames - 1); frame++) {
      await Promise.resolve()
      if (this.broken) throw this.broken
      if (signal.aborted) return
      this.decoded++
      this.open++
      onPicture({ frame, image: document.createElement('canvas'), close: () => void this.open-- })
    }
  }

  close(): void {
    this.isClosed = true
  }
}
