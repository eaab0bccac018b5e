import { ALL_FORMATS, Input, UrlSource, type VideoSample, VideoSampleSink } from 'mediabunny'
import type { Frame } from '@shared/ids'
import { type DecodedPicture, type FrameSource, type ProxyInfo, frameOfTime } from './frame-source'

/** Decodes a proxy with the browser's own decoder, read over HTTP in ranges. */
export class WebCodecsSource implements FrameSource {
  readonly decoder = 'webcodecs'

  private constructor(
    private readonly input: Input,
    private readonly sink: VideoSampleSink,
    private readonly proxy: ProxyInfo,
  ) {}

  /** Null when this browser cannot decode the file this way. Rejects when it cannot be fetched. */
  static async open(proxy: ProxyInfo): Promise<WebCodecsSource | null> {
    if (typeof VideoDecoder === 'undefined') return null
    const input = new Input({ source: new UrlSource(proxy.url), formats: ALL_FORMATS })
    const track = await input.getPrimaryVideoTrack()
    if (track && (await track.canDecode())) return new WebCodecsSource(input, new VideoSampleSink(track), proxy)
    input.dispose()
    return null
  }

  async read(
    { from, to }: { from: Frame; to: Frame },
    onPicture: (picture: DecodedPicture) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { fps } = this.proxy
    for await (const sample of this.sink.samples(from / fps, (to + 0.5) / fps)) {
      const picture = await this.owned(sample)
      if (signal.aborted) return picture.close()
      onPicture(picture)
    }
  }

  /** A decoder lends only a few frames; a bitmap is ours for as long as the cache keeps it. */
  private async owned(sample: VideoSample): Promise<DecodedPicture> {
    const frame = frameOfTime(sample.timestamp, this.proxy.fps)
    const lent = sample.toVideoFrame()
    try {
      const image = await createImageBitmap(lent)
      return { frame, image, close: () => image.close() }
    } finally {
      lent.close()
      sample.close()
    }
  }

  close(): void {
    this.input.dispose()
  }
}
