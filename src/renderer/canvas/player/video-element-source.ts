import type { Frame } from '@shared/ids'
import { type DecodedPicture, type FrameSource, type ProxyInfo, frameOfTime } from './frame-source'

/** Longest wait for a picture after a seek, ms; then it is sought again. */
const patience = 2_000

/**
 * Decodes a proxy with a `<video>` element where WebCodecs cannot: seeks to the middle of a frame and takes the picture
 * from requestVideoFrameCallback, whose media time says which one it is (docs/media.md).
 */
export class VideoElementSource implements FrameSource {
  readonly decoder = 'video'

  private constructor(
    private readonly video: HTMLVideoElement,
    private readonly proxy: ProxyInfo,
  ) {}

  /** Rejects when the browser cannot play the file at all. */
  static async open(proxy: ProxyInfo): Promise<VideoElementSource> {
    const video = document.createElement('video')
    video.muted = true
    video.preload = 'auto'
    video.playsInline = true
    const ready = new Promise<void>((resolve, reject) => {
      video.addEventListener('loadeddata', () => resolve(), { once: true })
      const refused = () => reject(new Error(video.error?.message || 'The browser cannot play the proxy.'))
      video.addEventListener('error', refused, { once: true })
    })
    video.src = proxy.url
    await ready
    return new VideoElementSource(video, proxy)
  }

  async read(
    { from, to }: { from: Frame; to: Frame },
    onPicture: (picture: DecodedPicture) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (let frame = from; frame <= to && !signal.aborted; frame++) {
      await this.seek(frame, signal)
      if (signal.aborted) return
      const image = await createImageBitmap(this.video)
      onPicture({ frame, image, close: () => image.close() })
    }
  }

  close(): void {
    this.video.removeAttribute('src')
    this.video.load()
  }

  private async seek(frame: Frame, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; attempt < 5 && !signal.aborted; attempt++) {
      // Setting the time it already has draws nothing, so a second attempt aims beside the first.
      const seconds = (frame + 0.5 + (this.isAt(frame) || attempt > 0 ? 0.1 * (attempt + 1) : 0)) / this.proxy.fps
      if ((await this.pictureAfter(seconds)) === frame) return
    }
    if (!signal.aborted) throw new Error(`The browser did not show picture ${frame} of the proxy.`)
  }

  private isAt(frame: Frame): boolean {
    return Math.abs(this.video.currentTime * this.proxy.fps - (frame + 0.5)) < 0.01
  }

  /** Seeks and resolves with the number of the picture that was drawn next; null when none came in time. */
  private pictureAfter(seconds: number): Promise<Frame | null> {
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.video.cancelVideoFrameCallback(handle)
        resolve(null)
      }, patience)
      const handle = this.video.requestVideoFrameCallback((_, { mediaTime }) => {
        clearTimeout(late)
        resolve(frameOfTime(mediaTime, this.proxy.fps))
      })
      this.video.currentTime = seconds
    })
  }
}
