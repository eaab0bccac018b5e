import { type ComputedRef, type ShallowRef, computed, watch } from 'vue'
import type { VideoDetail } from '@shared/contract/library'
import type { Frame, VideoId } from '@shared/ids'
import type { PlayableVideo, Player } from '@renderer/canvas/player/player'
import { playableOf, secondsAt } from '@renderer/canvas/player/playable'
import { usePlayerStore } from '@renderer/stores/player'
import { usePlayer } from './use-player'

/** A video as a screen shows it: its player, and what stands where no picture can. */
export interface Film {
  player: Player
  /** The frame drawn; null before the first. */
  frame: ShallowRef<Frame | null>
  /** Time of the frame drawn, from the file's own timestamps. */
  seconds: ComputedRef<number | null>
  /** Null where nothing of the video could be decoded, and where there is no video. */
  playable: ComputedRef<PlayableVideo | null>
  /** Why no picture can be shown, in a sentence; null where one can. */
  trouble: ComputedRef<string | null>
  /** Shows the video at this frame, or where it was left, on whichever screen that was. */
  open(at?: Frame): Promise<void>
}

/** The player of a screen for the video it shows. Where the video was left is kept for the other screens. */
export function useFilm(video: () => VideoDetail | null): Film {
  const shared = usePlayerStore()
  const player = usePlayer()
  const frame = player.drawn
  const playable = computed(() => {
    const detail = video()
    return detail && playableOf(detail)
  })
  const seconds = computed(() => {
    const detail = video()
    return detail && frame.value !== null ? secondsAt(detail, frame.value) : null
  })
  const trouble = computed(() => {
    const detail = video()
    if (player.state.value === 'failed')
      return `The pictures of this video could not be read: ${player.problem.value} Import it again, or check its card in the library.`
    if (detail && !playable.value)
      return `This video has no pictures to show: ${detail.reason ?? 'nothing could be decoded'}`
    return null
  })
  let opened: VideoId | null = null
  watch(frame, (at) => at !== null && opened && shared.leave(opened, at))
  return {
    ...{ player, frame, seconds, playable, trouble },
    open: async (at) => {
      opened = video()?.id ?? null
      if (opened && playable.value) await player.open(playable.value, at ?? shared.frameLeft(opened))
      else player.close()
    },
  }
}
