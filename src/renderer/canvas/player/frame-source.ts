import type { Frame } from '@shared/ids'

/** A decoded picture. Its number was read from what the decoder gave, not from what was asked for. */
export interface DecodedPicture {
  frame: Frame
  image: CanvasImageSource & { width: number; height: number }
  close(): void
}

/** Decoded pictures of a proxy, whose picture i stands at i / fps seconds. */
export interface FrameSource {
  /** Which decoder this is, for the status line and tests. */
  readonly decoder: 'webcodecs' | 'video'
  /**
   * Decodes the pictures `from` to `to` (inclusive) in order; more than asked for may come, never fewer. Ends early
   * without an error when `signal` is aborted. Who receives a picture closes it.
   */
  read(
    range: { from: Frame; to: Frame },
    onPicture: (picture: DecodedPicture) => void,
    signal: AbortSignal,
  ): Promise<void>
  close(): void
}

/** What must be known of a proxy to number its pictures. */
export interface ProxyInfo {
  url: string
  frames: number
  /** Of the proxy, not of the original. */
  fps: number
}

/** The number of the picture at a media time, seconds. */
export function frameOfTime(seconds: number, fps: number): Frame {
  return Math.round(seconds * fps)
}
