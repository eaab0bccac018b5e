import type { FrameSource, ProxyInfo } from './frame-source'
import { VideoElementSource } from './video-element-source'
import { WebCodecsSource } from './webcodecs-source'

/** Opens a proxy with WebCodecs, or with a `<video>` element where the browser cannot. */
export async function openFrameSource(proxy: ProxyInfo): Promise<FrameSource> {
  const failed: unknown[] = []
  const exact = await WebCodecsSource.open(proxy).catch((error: unknown) => void failed.push(error))
  if (exact) return exact
  return VideoElementSource.open(proxy).catch((error: unknown) => {
    throw new Error('The proxy of this video could not be opened.', { cause: failed[0] ?? error })
  })
}
