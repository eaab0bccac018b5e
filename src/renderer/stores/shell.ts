import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Which of the shell's own windows are open. */
export const useShell = defineStore('shell', () => {
  const palette = ref(false)
  const keys = ref(false)
  /** What the folder dialog is open for. */
  const choosing = ref<'open' | 'create' | 'unpack' | null>(null)
  /** The step of the walk over the tour; null while nobody walks. */
  const walk = ref<number | null>(null)
  return { palette, keys, choosing, walk }
})
