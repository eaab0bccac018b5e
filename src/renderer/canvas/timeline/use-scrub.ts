import { shallowRef } from 'vue'
import type { Frame } from '@shared/ids'

/** A pointer that is pressed in a lane goes through the video until it is let go, wherever it goes. */
export function useScrub(frameUnder: (event: PointerEvent) => Frame, jump: (frame: Frame) => void) {
  const scrubbing = shallowRef(false)

  function scrub(event: PointerEvent): void {
    if (event.type === 'pointerdown') {
      if (event.button !== 0) return
      scrubbing.value = true
      ;(event.currentTarget as HTMLElement).setPointerCapture?.(event.pointerId)
    }
    if (scrubbing.value) jump(frameUnder(event))
  }

  return { scrub, letGo: () => void (scrubbing.value = false) }
}
