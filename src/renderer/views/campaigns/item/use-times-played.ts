import { type Ref, ref, watch } from 'vue'
import type { Player } from '@renderer/canvas/player/player'

/** How often the clip that is open was played to its end: its last picture was reached while it played. */
export function useTimesPlayed(player: Player): Ref<number> {
  const times = ref(0)
  watch(player.video, () => (times.value = 0))
  watch(player.drawn, (frame, before) => {
    if (!player.playing.value || frame === null || before === null) return
    // A picture may be passed over; then the clip is found at its beginning again.
    const isEnd = frame === player.last || (player.loop.value && frame < before && before !== player.last)
    if (isEnd) times.value++
  })
  return times
}
