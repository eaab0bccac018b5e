import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { boxAt } from '@shared/geometry/track'
import type { Player } from '@renderer/canvas/player/player'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'

/** Carrying the selected box on by itself, and what becomes of the boxes that were found. `tell` says how far it came. */
export function useFollowing(player: Player, tell: (words: string) => void) {
  const annotation = useAnnotation()
  const notices = useNotices()
  const running = shallowRef<AbortController | null>(null)
  /** Boxes of the selected track that wait for a yes or no. */
  const proposed = computed(() => annotation.track?.keyframes.filter((k) => k.proposed).length ?? 0)
  const hint = (text: string) => notices.show({ kind: 'info', text })

  /** Follows the selected box from the frame drawn, goes where it came to, and says why no further. */
  async function follow(): Promise<void> {
    const { track } = annotation
    const frame = player.drawn.value
    if (running.value) return
    if (!track || frame === null || !boxAt(track.keyframes, frame))
      return hint('Select a box that is visible here first; what is in it is then followed.')
    const own = new AbortController()
    running.value = own
    const answer = await annotation.propagate(track.id, frame, own.signal)
    running.value = null
    if (!answer) return
    if (annotation.selected === track.id) player.jump(answer.reached)
    tell(answer.words)
  }

  /** @returns whether there was something to stop */
  function stop(): boolean {
    running.value?.abort()
    return running.value !== null
  }

  // Whoever goes to another video, or another page, has given it up.
  watch(() => annotation.video?.id, stop)
  onScopeDispose(stop)

  function settle(how: 'confirmBoxes' | 'rejectBoxes'): void {
    const { track } = annotation
    if (track && proposed.value > 0) void annotation[how](track.id)
    else hint('Nothing is proposed in the selected track.')
  }

  return {
    ...{ running, proposed, follow, stop },
    confirm: () => settle('confirmBoxes'),
    reject: () => settle('rejectBoxes'),
  }
}

export type Following = ReturnType<typeof useFollowing>
