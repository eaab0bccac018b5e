import type { VideoDetail } from '@shared/contract/library'
import type { PlayableVideo } from './player'

type PlayableFacts = Pick<VideoDetail, 'id' | 'proxy' | 'frames' | 'fps' | 'width' | 'height'>

/** What the player needs of a video; null for one without a proxy, which cannot be shown. */
export function playableOf(video: PlayableFacts): PlayableVideo | null {
  const { id, proxy, frames, fps, width, height } = video
  if (!proxy || frames === 0) return null
  const base = `/media/${encodeURIComponent(id)}`
  return {
    picture: { width, height },
    fps,
    frames,
    proxy: { url: `${base}/proxy.mp4`, frames, ...proxy },
    stillUrl: (frame) => `${base}/frames/${frame}.png`,
  }
}

/** Seconds from the first picture to `frame`, from the file's timestamps where it has them. */
export function secondsAt({ timestampsMs, fps }: Pick<VideoDetail, 'timestampsMs' | 'fps'>, frame: number): number {
  const [at, first] = [timestampsMs[frame], timestampsMs[0]]
  return typeof at === 'number' && typeof first === 'number' ? (at - first) / 1000 : frame / fps
}
