import { useIntervalFn } from '@vueuse/core'
import { type Ref, ref } from 'vue'

/** The time in ms, told anew every `interval` ms. */
export function useClock(interval: number): Ref<number> {
  const now = ref(Date.now())
  useIntervalFn(() => (now.value = Date.now()), interval)
  return now
}
