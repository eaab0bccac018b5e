import type { Affine } from '@shared/geometry/affine'
import type { Size } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import type { ClipGeometry, Decoder, ProxyFile, ProxyPictures } from '@main/media/decode/contract/decoder'

/** A video as clips are read from it: its proxy, and the size that source pixels refer to. */
export interface ClipVideo extends ProxyFile {
  source: Size
}

export interface ClipRequest {
  video: ClipVideo
  /** Ordinals in the order of the clip; may repeat and run backwards. */
  frames: readonly Frame[]
  width: number
  height: number
  /** `crop`: scaled until the clip is filled, then the middle is cut out. `squash`: both sides scaled to fit. */
  fit: 'crop' | 'squash'
}

export interface Clip {
  /** [T, H, W, 3] RGB. */
  pixels: Uint8Array
  toSource: Affine
}

/** How a picture of `source` is scaled and cut to a clip's size, and the way back to source pixels. */
export function clipGeometry(
  source: Size,
  { width, height, fit }: Pick<ClipRequest, 'width' | 'height' | 'fit'>,
): { geometry: ClipGeometry; toSource: Affine } {
  const scale = Math.max(width / source.width, height / source.height)
  const scaledWidth = fit === 'squash' ? width : Math.max(width, Math.round(source.width * scale))
  const scaledHeight = fit === 'squash' ? height : Math.max(height, Math.round(source.height * scale))
  const x = Math.floor((scaledWidth - width) / 2)
  const y = Math.floor((scaledHeight - height) / 2)
  // The scale of each axis as it came out after rounding, so that a box lands where its pixels did.
  const scaleX = source.width / scaledWidth
  const scaleY = source.height / scaledHeight
  return {
    geometry: { scaledWidth, scaledHeight, x, y, width, height },
    toSource: { scaleX, scaleY, offsetX: x * scaleX, offsetY: y * scaleY },
  }
}

/** Reads exact clips from proxies and keeps the last videos open. Calls for one reader follow one another. */
export class ClipReader {
  /** By path, the least recently used first. */
  private readonly open = new Map<string, ProxyPictures>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly decoder: Decoder,
    private readonly mostOpen = 32,
  ) {}

  /** Rejects when an ordinal is not there or the proxy is gone. */
  read(request: ClipRequest): Promise<Clip> {
    // A decoder has one place it stands at, so two reads must not interleave.
    const reading = this.last.then(() => this.readNow(request))
    this.last = reading.catch(() => {})
    return reading
  }

  close(): void {
    for (const pictures of this.open.values()) pictures.close()
    this.open.clear()
  }

  private async readNow({ video, frames, ...shape }: ClipRequest): Promise<Clip> {
    const { geometry, toSource } = clipGeometry(video.source, shape)
    const bytes = shape.width * shape.height * 3
    const rising = [...new Set(frames)].sort((a, b) => a - b)
    const distinct = new Uint8Array(rising.length * bytes)
    const pictures = await this.opened(video)
    try {
      await pictures.read(rising, geometry, distinct)
    } catch (error) {
      // Where it stands is not known any more.
      pictures.close()
      this.open.delete(video.path)
      throw error
    }
    return { pixels: inOrder(distinct, bytes, rising, frames), toSource }
  }

  private async opened(video: ClipVideo): Promise<ProxyPictures> {
    const pictures = this.open.get(video.path) ?? (await this.decoder.openProxy(video))
    this.open.delete(video.path)
    this.open.set(video.path, pictures)
    const [oldest] = this.open
    if (oldest && this.open.size > this.mostOpen) {
      oldest[1].close()
      this.open.delete(oldest[0])
    }
    return pictures
  }
}

/** Lays pictures read in rising order out as the clip wants them. */
function inOrder(distinct: Uint8Array, bytes: number, rising: readonly Frame[], frames: readonly Frame[]): Uint8Array {
  if (frames.length === rising.length && frames.every((frame, i) => frame === rising[i])) return distinct
  const place = new Map(rising.map((frame, i) => [frame, i]))
  const pixels = new Uint8Array(frames.length * bytes)
  frames.forEach((frame, i) => {
    const from = (place.get(frame) ?? 0) * bytes
    pixels.set(distinct.subarray(from, from + bytes), i * bytes)
  })
  return pixels
}
