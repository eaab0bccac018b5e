import { storeToRefs } from 'pinia'
import { onScopeDispose, watch } from 'vue'
import { usePlayerStore } from '@renderer/stores/player'
import { openFrameSource } from '@renderer/canvas/player/open-frame-source'
import { Player, browserParts } from '@renderer/canvas/player/player'

/** A player for as long as the component lives; speed and loop are those last chosen anywhere. */
export function usePlayer(): Player {
  const { speed, loop } = storeToRefs(usePlayerStore())
  const player = new Player(browserParts(openFrameSource))
  watch(speed, (chosen) => player.speed.value !== chosen && player.setSpeed(chosen), { immediate: true })
  watch(player.speed, (chosen) => (speed.value = chosen))
  watch(loop, (chosen) => (player.loop.value = chosen), { immediate: true })
  watch(player.loop, (chosen) => (loop.value = chosen))
  onScopeDispose(() => player.close())
  return player
}
