import type { Frame } from '@shared/ids'
import type { DecodedPicture, FrameSource, ProxyInfo } from './frame-source'

interface Opened {
  source: Promise<FrameSource>
  /** Ends when all pictures asked for so far are taken. */
  queue: Promise<unknown>
}

/**
 * Takes small pictures of single frames for strips, cards and timelines. Each is exact, decoded once and kept; few
 * videos are open at a time, and one picture of a video is taken after the other.
 */
export class PictureTaker {
  private readonly opened = new Map<string, Opened>()
  private readonly taken = new Map<string, Promise<HTMLCanvasElement>>()

  constructor(
    private readonly open: (proxy: ProxyInfo) => Promise<FrameSource>,
    private readonly limits = { videos: 3, pictures: 600, width: 192 },
  ) {}

  /** The picture of a frame, at most `limits.width` wide. Rejects when the proxy cannot be read. */
  take(proxy: ProxyInfo, frame: Frame): Promise<HTMLCanvasElement> {
    const key = `${proxy.url}#${frame}`
    const known = this.taken.get(key)
    if (known) return known
    const opened = this.sourceOf(proxy)
    const picture = opened.queue.then(async () => this.decode(await opened.source, frame))
    opened.queue = picture.catch(() => undefined)
    this.taken.set(key, picture)
    // A picture that failed is tried again when it is asked for again.
    picture.catch(() => this.taken.delete(key))
    const [oldest] = this.taken.keys()
    if (this.taken.size > this.limits.pictures && oldest !== undefined) this.taken.delete(oldest)
    return picture
  }

  close(): void {
    for (const opened of this.opened.values()) closeAfterUse(opened)
    this.opened.clear()
    this.taken.clear()
  }

  private sourceOf(proxy: ProxyInfo): Opened {
    const known = this.opened.get(proxy.url)
    if (known) {
      this.opened.delete(proxy.url)
      this.opened.set(proxy.url, known)
      return known
    }
    const source = this.open(proxy)
    source.catch(() => this.opened.delete(proxy.url))
    const opened: Opened = { source, queue: Promise.resolve() }
    this.opened.set(proxy.url, opened)
    for (const [url, old] of this.opened) {
      if (this.opened.size <= this.limits.videos) break
      this.opened.delete(url)
      closeAfterUse(old)
    }
    return opened
  }

  private async decode(source: FrameSource, frame: Frame): Promise<HTMLCanvasElement> {
    const abort = new AbortController()
    let taken: HTMLCanvasElement | null = null
    const keep = (picture: DecodedPicture) => {
      if (picture.frame === frame) {
        taken = this.small(picture)
        abort.abort()
      }
      picture.close()
    }
    await source.read({ from: frame, to: frame }, keep, abort.signal)
    if (!taken) throw new Error(`The proxy gave no picture ${frame}.`)
    return taken
  }

  private small({ image }: DecodedPicture): HTMLCanvasElement {
    const canvas = document.createElement('canvas')
    const scale = Math.min(1, this.limits.width / Math.max(1, image.width))
    canvas.width = Math.max(1, Math.round(image.width * scale))
    canvas.height = Math.max(1, Math.round(image.height * scale))
    const context = canvas.getContext('2d')
    if (context) context.imageSmoothingQuality = 'high'
    context?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas
  }
}

function closeAfterUse({ source, queue }: Opened): void {
  void queue.then(async () => (await source).close()).catch(() => undefined)
}
