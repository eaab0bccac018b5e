import type { AnnotationChange, Propagated } from '@shared/contract/annotation'
import type { VideoDetail } from '@shared/contract/library'
import type { Frame, TrackId, VideoId } from '@shared/ids'
import type { ShallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useNotices } from './notices'

interface Editing {
  video: ShallowRef<VideoDetail | null>
  settled(): Promise<unknown>
  change<T extends AnnotationChange>(act: (video: VideoId) => Promise<T>): Promise<T | null>
}

/** Boxes that are followed from frame to frame by the studio, and proposed. */
export function useFollowedBoxes({ video, settled, change }: Editing) {
  const api = useApi()
  const notices = useNotices()

  /** Other edits go on meanwhile. Null when it was refused, which is shown, or given up by `signal`. */
  async function propagate(track: TrackId, frame: Frame, signal: AbortSignal): Promise<Propagated | null> {
    const about = video.value?.id
    if (!about) return null
    // What is still being saved may be the box that is followed.
    await settled()
    try {
      const found = await api.annotation.propagate({ video: about, track, frame }, { signal })
      return video.value?.id === about ? await change(() => Promise.resolve(found)) : null
    } catch (error) {
      if (!signal.aborted) notices.fail(error)
      return null
    }
  }

  const confirmBoxes = (track: TrackId) => change((of) => api.annotation.confirmBoxes({ video: of, track }))
  const rejectBoxes = (track: TrackId) => change((of) => api.annotation.rejectBoxes({ video: of, track }))
  return { propagate, confirmBoxes, rejectBoxes }
}
