import type { VideoDetail } from '@shared/contract/library'
import type { Frame, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { openFrameSource } from '@renderer/canvas/player/open-frame-source'
import { PictureTaker } from '@renderer/canvas/player/picture-taker'
import { useChanges } from './changes'
import { useProject } from './project'

/** What all players of the studio share: facts of videos, small pictures, speed, and where each video was left. */
export const usePlayerStore = defineStore('player', () => {
  const api = useApi()
  const pictures = new PictureTaker(openFrameSource)
  const speed = ref(1)
  const loop = ref(false)
  const left = new Map<VideoId, Frame>()
  const details = new Map<VideoId, Promise<VideoDetail>>()

  /** The facts of a video, read once until the library changes. */
  function detail(video: VideoId): Promise<VideoDetail> {
    const known = details.get(video)
    if (known) return known
    const asked = api.library.video({ id: video })
    details.set(video, asked)
    asked.catch(() => details.delete(video))
    return asked
  }

  const changes = useChanges()
  changes.on('library', () => details.clear())
  watch(
    () => useProject().key,
    (_, before) => {
      if (before === null) return
      details.clear()
      pictures.close()
    },
  )

  /** Remembers where a video was left, so that another screen opens it there. */
  function leave(video: VideoId, frame: Frame) {
    left.set(video, frame)
  }

  function frameLeft(video: VideoId): Frame {
    return left.get(video) ?? 0
  }

  return { pictures, speed, loop, detail, leave, frameLeft }
})
