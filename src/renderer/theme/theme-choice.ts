import { useLocalStorage } from '@vueuse/core'
import { type Ref, computed, watchEffect } from 'vue'
import { useTheme } from 'vuetify'
import type { Mode } from './tokens'

export type ThemeChoice = 'system' | Mode

const key = 'whynot.theme'

/** The choice remembered from last time, before anything is drawn. */
export function rememberedTheme(): ThemeChoice {
  const kept = localStorage.getItem(key)
  return kept === 'dark' || kept === 'light' ? kept : 'system'
}

/** The choice of theme, remembered, and what it comes to now. */
export function useThemeChoice(): { choice: Ref<ThemeChoice>; mode: Ref<Mode> } {
  const theme = useTheme()
  const choice = useLocalStorage<ThemeChoice>(key, 'system')
  const mode = computed<Mode>(() => (theme.current.value.dark ? 'dark' : 'light'))
  watchEffect(() => theme.change(choice.value))
  return { choice, mode }
}
