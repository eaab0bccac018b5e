import { join } from 'node:path'
import type { MediaRecord } from '@shared/media'
import type { ClipVideo } from '@main/media/clips/clip-reader'

/** What clips of a video that was just imported are read from. The record must have a proxy. */
export function clipVideo(mediaFolder: string, { proxy, frames, width, height }: MediaRecord): ClipVideo {
  if (!proxy) throw new Error('a video without a proxy has no clips')
  const path = join(mediaFolder, proxy.file)
  return { path, frames, width: proxy.width, height: proxy.height, fps: proxy.fps, source: { width, height } }
}
